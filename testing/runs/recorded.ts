import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import proto from "@temporalio/proto";
import { keyRing } from "@/lib/crypto/key-ring";
import { EncryptionCodec } from "@/lib/temporal/codec";
import { eachPayload, type History } from "./histories";

/** Recorded histories are encrypted like real ones, under a well-known key. */
const TEST_KEY = `test:${Buffer.alloc(32, 7).toString("base64")}`;

export const testCodec = new EncryptionCodec(keyRing(TEST_KEY, "payloads"), "default");

const { History: HistoryMessage } = proto.temporal.api.history.v1;
const PLAIN = { longs: String, enums: String, bytes: String } as const;

interface Recorded {
  workflowId: string;
  history: History;
}

const fileOf = (name: string) => fileURLToPath(new URL(`histories/${name}.json`, import.meta.url));

/** A recorded history, as Temporal returned it then. */
export function recorded(name: string): Recorded {
  const { workflowId, history } = JSON.parse(readFileSync(fileOf(name), "utf8")) as {
    workflowId: string;
    history: Record<string, unknown>;
  };
  return { workflowId, history: HistoryMessage.fromObject(history) };
}

/** Saves a history as a fixture: under the test key, and without traces of the machine it ran on. */
export async function record(name: string, { workflowId, history }: Recorded, codec: EncryptionCodec): Promise<void> {
  const copy = HistoryMessage.decode(HistoryMessage.encode(history).finish());
  await eachPayload(copy, async (payload) => {
    const [encrypted] = await testCodec.encode(await codec.decode([payload]));
    return encrypted ?? payload;
  });
  const json = JSON.parse(JSON.stringify(HistoryMessage.toObject(copy, PLAIN)), (key, value) => {
    if (key === "stackTrace") return "";
    // Names of workers and their own workflow queues contain process and machine.
    return typeof value === "string" && /^\d+@/.test(value) ? "worker" : value;
  }) as unknown;
  writeFileSync(fileOf(name), `${JSON.stringify({ workflowId, history: json }, null, 2)}\n`);
}
