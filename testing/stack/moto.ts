import { join } from "node:path";
import { freePorts } from "@/local/parts/ports";
import { untilReady } from "@/local/parts/until";
import { type Child, startChild } from "@/server/process/child";
import { pythonPrograms } from "./python";

export interface Moto {
  endpoint: string;
  stop(): Promise<void>;
}

/** A setup call: its service and parameters. */
export type SetUp = { service: string; method?: "PUT"; path?: string; parameters?: Record<string, string> };

/**
 * Starts an in-memory stand-in for AWS with users, roles, and buckets. Runs the given calls before access checks begin.
 * From then on it checks signatures, policies, and trust policies, except for the next `unchecked` calls.
 */
export async function startMoto(log: string, setUp: SetUp[], unchecked = 0): Promise<Moto & { answers: string[] }> {
  const bin = await pythonPrograms();
  const { s3: port } = await freePorts();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name: "moto",
    command: join(bin, "python"),
    args: [join(bin, "moto_server"), "-H", "127.0.0.1", "-p", String(port)],
    env: { PATH: process.env.PATH, INITIAL_NO_AUTH_ACTION_COUNT: String(setUp.length + unchecked) },
    log,
  });
  await untilReady(child, 60, () => isUp(endpoint));
  const answers: string[] = [];
  for (const call of setUp) answers.push(await made(child, endpoint, call));
  return { endpoint, answers, stop: () => child.stop() };
}

async function isUp(endpoint: string): Promise<void> {
  const { ok } = await fetch(`${endpoint}/moto-api/`);
  if (!ok) throw new Error("moto does not answer yet");
}

async function made({ name }: Child, endpoint: string, { service, method, path = "/", parameters }: SetUp) {
  // It takes the service from the signature's scope; signatures are not checked yet.
  const authorization = `AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=x`;
  const body = parameters && new URLSearchParams(parameters);
  const answer = await fetch(`${endpoint}${path}`, {
    method: method ?? "POST",
    headers: { authorization },
    body: body ?? null,
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`);
  return text;
}
