import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { ExportError } from "../../errors";
import type { guardedAgents } from "../../net/agents";
import { accountUrl } from "./address";
import type { Session } from "./client";
import { answeredWith } from "./errors";
import { send } from "./request";
import type { SnowflakeConfig } from "./schema";
import { literal } from "./sql";
import { at, STAGE } from "./stage";

const text = z.string().nullish();

/** Where a file goes, in the answer to a PUT. Source: Snowflake's clients, which all upload by themselves. */
const stageInfoSchema = z.object({
  locationType: z.enum(["S3", "AZURE", "GCS"]),
  location: z.string(),
  region: text,
  endPoint: text,
  storageAccount: text,
  presignedUrl: text,
  useVirtualUrl: z.boolean().nullish(),
  useRegionalUrl: z.boolean().nullish(),
  useS3RegionalUrl: z.boolean().nullish(),
  creds: z
    .object({
      AWS_KEY_ID: text,
      AWS_SECRET_KEY: text,
      AWS_TOKEN: text,
      AZURE_SAS_TOKEN: text,
      GCS_ACCESS_TOKEN: text,
    })
    .nullish(),
});

const answerSchema = z.object({
  success: z.boolean(),
  code: z.union([z.string(), z.number()]).nullish(),
  message: text,
  data: z
    .object({ stageInfo: z.unknown(), encryptionMaterial: z.unknown(), sqlState: text, getResultUrl: z.unknown() })
    .partial()
    .nullish(),
});

/**
 * A statement that takes long is answered with one of these codes and where its answer will be, as Snowflake's clients
 * poll for it.
 */
const IN_PROGRESS = new Set(["333333", "333334"]);

/** The server already waits before it answers: this only bounds the requests. */
const POLL_MS = 100;

/** Of the same server, because the session's token goes there. */
const resultPath = z.string().regex(/^\/queries\//);

export type StageInfo = z.infer<typeof stageInfoSchema>;

/** Where one file goes: the storage's parameters, and the file's name there. */
export interface FilePlace {
  info: StageInfo;
  name: string;
}

interface Asking {
  config: SnowflakeConfig;
  session: Session;
  agents: ReturnType<typeof guardedAgents>;
  signal: AbortSignal;
}

/**
 * Asks where a file of the stage goes, as a PUT does. The driver's own PUT is unsafe: it reads the local file and
 * writes to the place that the server's answer names, whichever they are, so that anyone who sets an address of their
 * own could get any file of this machine. It also needs the file on disk, and sends it through unguarded connections.
 */
export async function uploadTargetOf({ config, session, agents, signal }: Asking, path: string, name: string) {
  const sqlText = `PUT ${literal(`file:///penstock/${name}`)} ${at(path).slice(0, -1)} AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = NONE OVERWRITE = TRUE`;
  const ask = async (method: "GET" | "POST", address: string, content: string) => {
    const headers = {
      accept: "application/snowflake",
      "content-type": "application/json",
      "user-agent": "Penstock",
      authorization: `Snowflake Token="${session.token()}"`,
    };
    const url = `${accountUrl(config).replace(/\/+$/, "")}${address}`;
    const { status, text: body } = await send(url, { method, headers, body: content, signal }, agents);
    if (status !== 200) throw new ExportError(answeredWith(status, config));
    return known(answerSchema, json(body));
  };
  const statement = JSON.stringify({ disableOfflineChunks: false, sqlText });
  let answer = await ask("POST", `/queries/v1/query-request?requestId=${randomUUID()}`, statement);
  while (IN_PROGRESS.has(String(answer.code))) {
    await setTimeout(POLL_MS, undefined, { signal });
    answer = await ask("GET", known(resultPath, answer.data?.getResultUrl), "");
  }
  return placeOf(answer, name);
}

function placeOf({ success, code, message, data }: z.infer<typeof answerSchema>, name: string): FilePlace {
  if (!success)
    throw Object.assign(new Error(message ?? ""), { code: code ?? undefined, sqlState: data?.sqlState ?? undefined });
  if (hasMaterial(data?.encryptionMaterial)) throw wrongStage();
  return { info: known(stageInfoSchema, data?.stageInfo), name };
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Parses an answer. Refuses, among others, a place on this machine, which the driver would write to. */
function known<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data } = schema.safeParse(value);
  if (success) return data;
  throw new ExportError({
    code: "warehouse_refused",
    message: "Penstock doesn't recognize Snowflake's response to a PUT.",
    fix: "Check the address in the connection: it must be Snowflake's own.",
    retryable: false,
  });
}

/** A stage created by hand may require files encrypted by the client. */
const hasMaterial = (material: unknown): boolean =>
  Array.isArray(material) ? material.some((each) => each) : Boolean(material);

const wrongStage = () =>
  new ExportError({
    code: "wrong_stage",
    message: `The stage ${STAGE} wasn't created by Penstock: it requires files that the client has encrypted.`,
    fix: `DROP STAGE ${STAGE}; Penstock creates it again, encrypted by the storage; then retry the run.`,
    retryable: false,
  });
