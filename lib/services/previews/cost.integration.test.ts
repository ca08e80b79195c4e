import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createConnection } from "@/lib/services/connections/create";
import { ownerOf } from "@/testing/api/actor";
import { call, errorOf } from "@/testing/api/call";
import { makeSession } from "@/testing/api/session";
import { makeKey, makeProject, makeTenant, makeUser, type Tenant } from "@/testing/api/tenant";
import { markVerified } from "@/testing/api/verified";
import { type BqEmulator, startBqEmulator } from "@/testing/stack/bqemulator";

let tenant: Tenant;
let emulator: BqEmulator;
beforeAll(async () => {
  tenant = await makeTenant();
  emulator = await startBqEmulator(join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), "bqemulator-preview.log"));
}, 300_000);
afterAll(() => emulator?.stop());

async function connect(change: object = {}, projectId = tenant.projectId): Promise<string> {
  const config = { ...emulator.connection, ...change };
  const input = createConnectionSchema.parse({ type: "bigquery", name: "Test", config });
  const actor = ownerOf(tenant.organizationId, [projectId]);
  return (await createConnection(actor, { ...input, projectId })).id;
}

const preview = (connectionId: string | null, asker: object = { key: tenant.key }) =>
  call(operations.previewExport, {
    ...asker,
    params: { projectId: tenant.projectId },
    body: { model: "persons", connectionId, destination: { type: "bigquery" }, schedule: { every: "day" } },
  });
const costOf = async (...asked: Parameters<typeof preview>) => (await preview(...asked)).body.cost;

// https://cloud.google.com/bigquery/docs/reference/rest/v2/tables: numBytes of a table, which reading costs nothing.
it("a preview says what BigQuery is expected to bill, once the connection is verified", async () => {
  const id = await connect();
  expect(await costOf(id)).toBeNull();
  await markVerified(id);
  const cost = await costOf(id);
  expect(cost?.perMonth?.from).toBeCloseTo(30 * cost!.perRun!.from, -1);
  expect(cost?.notes).toEqual([
    expect.stringMatching(/^persons doesn't exist yet\. Each run reads all of it/),
    expect.stringContaining("Not included: storage, audits, retries"),
  ]);
});

it("it says so where BigQuery could not be asked, and shows the rest", async () => {
  const id = await connect({ apiEndpoint: "http://127.0.0.1:1" });
  await markVerified(id);
  const { body } = await preview(id);
  expect(body.cost).toMatchObject({
    perRun: null,
    notes: [expect.stringMatching(/^Asking BigQuery for the size of the tables failed\. /)],
  });
  expect(body.files).toEqual(expect.any(Number));
});

it("only those who may manage exports have it asked, and only of the project's own connections", async () => {
  const id = await connect();
  await markVerified(id);
  expect(await costOf(null)).toBeNull();
  expect(await costOf(id, { key: await makeKey(tenant, { role: "member" }) })).toBeNull();
  const other = await makeProject(tenant.organizationId);
  const foreign = await connect({}, other.id);
  await markVerified(foreign);
  const headers = await makeSession(await makeUser(tenant, "owner"));
  expect(await costOf(id, { headers })).toMatchObject({ perRun: expect.anything() });
  for (const asker of [{ headers }, { key: tenant.key }]) {
    const answer = await preview(foreign, asker);
    expect(answer.status).toBe(422);
    expect(errorOf(answer).details?.[0]?.path).toBe("connectionId");
  }
});
