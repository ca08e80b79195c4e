import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { patchConnection } from "@/lib/services/connections/patch";
import { testConnection } from "@/lib/services/connections/test";
import { verifyConnection } from "@/lib/services/connections/verify";
import { getRun } from "@/lib/services/runs/get";
import { retryRun } from "@/lib/services/runs/retry";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { checksumHeaders, refusal } from "@/testing/runs/faults/checksum-refusals";
import { S3Proxy } from "@/testing/runs/faults/s3-proxy";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";

const window = pastHour(2);
let project: TestProject;
let proxy: S3Proxy;

beforeAll(async () => {
  project = await openProject();
  proxy = await S3Proxy.open(storage().endpoint);
  await fillWindow(project.sourceProjectId, window, { rows: 200, bytes: 100 });
});
afterAll(async () => {
  await proxy.close();
  await project.close();
});

const known = async (id: string) =>
  (await getDb().select().from(connections).where(eq(connections.id, id)))[0]?.capabilities;

it("a connection that was verified before its storage refused checksums recovers by being verified again", async () => {
  const { id: connectionId } = await connect(project, { endpoint: proxy.endpoint });
  const exported = await makeExport(project, { connectionId });
  proxy.refuse = ({ headers }) => (checksumHeaders(headers).length > 0 ? refusal("400 that names the header") : null);

  const runId = await startWindow(project, exported.id, window);
  const failed = await until("the run failed", async () => {
    const run = await getRun(project.actor, { id: runId });
    return run.state === "Failed" ? run : null;
  });
  expect(failed.error).toMatchObject({ code: "storage_refused", retryable: false });
  expect(failed.error?.fix).toMatch(/^Verify the connection again.*checksum/);
  expect(await known(connectionId)).toBeNull();

  const result = await verifyConnection(project.actor, { id: connectionId });
  expect(result).toMatchObject({ ok: true, steps: expect.any(Array) });
  expect(Object.keys(result).sort()).toEqual(["ok", "steps"]);
  expect(await known(connectionId)).toEqual({ checksums: false });

  const { id } = await retryRun(project.actor, { id: runId });
  const done = await runWhen(project, id, ({ state }) => state === "Completed");
  expect(done.rows).toBe(200);
});

it("what was found out is forgotten with the settings that it was about, and not by a new name", async () => {
  proxy.refuse = ({ headers }) => (checksumHeaders(headers).length > 0 ? refusal("501 without a body") : null);
  const { id } = await connect(project, { endpoint: proxy.endpoint });
  await verifyConnection(project.actor, { id });
  await patchConnection(project.actor, { id, name: "Renamed" });
  expect(await known(id)).toEqual({ checksums: false });
  const { endpoint, secretAccessKey } = storage();
  await patchConnection(project.actor, { id, config: { forcePathStyle: true, endpoint, secretAccessKey } });
  expect(await known(id)).toBeNull();
});

it("a test of a connection that is not saved passes too, and answers with the steps alone", async () => {
  proxy.refuse = ({ headers }) => (checksumHeaders(headers).length > 0 ? refusal("501 without XML") : null);
  const { secretAccessKey, ...root } = storage();
  const config = {
    bucket: project.bucket.name,
    prefix: "",
    forcePathStyle: true,
    auth: "keys" as const,
    roleArn: null,
    acl: null,
    expectedBucketOwner: null,
    requesterPays: false,
  };
  const tried = { ...config, ...root, secretAccessKey, endpoint: proxy.endpoint };
  const result = await testConnection(project.actor, { type: "s3", config: tried, encryption: "none", kmsKeyId: null });
  expect(result.ok).toBe(true);
  expect(Object.keys(result).sort()).toEqual(["ok", "steps"]);
});
