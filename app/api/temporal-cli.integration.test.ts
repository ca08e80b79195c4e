import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getEnv } from "@/lib/env";
import { closeTemporal, getTemporal } from "@/lib/temporal/client";
import { runWorkflowId } from "@/lib/temporal/contract";
import { temporalBinary } from "@/local/parts/temporal-binary";
import { type SpawnedWeb, spawnWeb } from "@/testing/stack/spawn-web";

const TOKEN = randomUUID();
const INPUT = { exportId: randomUUID() };
/** As the CLI prints it. */
const PLAIN = Buffer.from(JSON.stringify(INPUT)).toString("base64");
const workflowId = runWorkflowId(randomUUID());

let web: SpawnedWeb;
let cli: string;
beforeAll(async () => {
  web = await spawnWeb({ TEMPORAL_CODEC_TOKEN: TOKEN });
  cli = await temporalBinary({ say: () => {}, wait: () => () => {} });
  // No worker takes it.
  const taskQueue = `test-${randomUUID()}`;
  await getTemporal().workflow.start("s3-export", { workflowId, taskQueue, args: [INPUT] });
});
afterAll(async () => {
  await getTemporal().workflow.getHandle(workflowId).terminate();
  await Promise.all([closeTemporal(), web.stop()]);
});

/** What `temporal workflow …` prints. */
async function run(command: string[], codec: Record<string, string>): Promise<string> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = getEnv();
  const options = Object.entries({ address, namespace, ...codec }).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout } = await promisify(execFile)(cli, ["workflow", ...command, ...options]);
  return stdout;
}

const show = (codec: Record<string, string> = {}) =>
  run(["show", "--workflow-id", workflowId, "--output", "json"], codec);

describe("Temporal's command line", () => {
  const endpoint = () => ({ "codec-endpoint": `${web.web}/api/temporal-codec` });

  it("shows payloads with the token", async () => {
    expect(await show({ ...endpoint(), "codec-auth": `Bearer ${TOKEN}` })).toContain(PLAIN);
  });

  it("shows none without an endpoint", async () => {
    expect(await show()).not.toContain(PLAIN);
  });

  it("is refused with another token", async () => {
    await expect(show({ ...endpoint(), "codec-auth": "Bearer another" })).rejects.toThrow("Command failed");
  });

  it("starts no workflow through it: nothing is encrypted for anyone", async () => {
    const start = ["start", "--type", "s3-export", "--task-queue", "nobody", "--input", "{}"];
    const codec = { ...endpoint(), "codec-auth": `Bearer ${TOKEN}` };
    await expect(run(start, codec)).rejects.toThrow("Command failed");
  });
});
