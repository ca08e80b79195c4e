import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { eq, isNotNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections, exports, installation, mails, runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import type { Method } from "@/lib/openapi/addresses";
import type { Permission } from "@/lib/permissions";
import { canonicalJson } from "@/lib/receipts/canonical";
import { newSigningKey, signed } from "@/lib/receipts/keys";
import { checkInstallation, decide, hereOf, readInstallation, requireNotHeld } from "@/lib/services/installation";
import { ensureSigningKey } from "@/lib/services/signing";
import { readMarker, writeMarker } from "@/lib/temporal/marker";
import { backUp } from "@/testing/database/backup";
import { takeOwnDatabase } from "@/testing/database/own-database";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles } from "@/testing/runs/destinations/steps";
import { makeExport, pastHour, type S3Export } from "@/testing/runs/exports";
import { insertRun } from "@/testing/runs/insert-run";
import { openProject, type TestProject } from "@/testing/runs/project";
import { until } from "@/testing/runs/until";
import { windowSteps } from "@/testing/runs/window-steps";
import { untilMayRun } from "../installation";

let project: TestProject;
let exported: S3Export;
let dropDatabase: () => Promise<void>;
const { fill, complete } = windowSteps(() => project);

beforeAll(async () => {
  process.env.TEMPORAL_TASK_QUEUE = `test-${randomUUID()}`;
  dropDatabase = await takeOwnDatabase();
  project = await openProject();
  await ensureSigningKey(getDb());
  exported = await makeExport(project, { paused: false });
  await fill(pastHour(3), 3);
});
afterAll(async () => {
  await project.close();
  await dropDatabase();
});

const row = async () => (await getDb().select().from(installation))[0]!;
const change = (values: Partial<typeof installation.$inferInsert>) => getDb().update(installation).set(values);

/** As if nothing had happened: each test begins with a database and a Temporal that belong together. */
beforeEach(async () => {
  await change({ hold: null, decided: null, ...hereOf(getEnv()) });
  await writeMarker(deps().temporal, await row());
  await checkInstallation(deps(), { hasLooked: true, revive: async () => {} });
});

/** Waits as a worker does; false if it is still waiting after a moment. */
const mayRun = (): Promise<boolean> => untilMayRun(deps(), AbortSignal.timeout(4_000));

describe("a database at another web address", () => {
  it("is held as a copy, and a worker waits until somebody decides", async () => {
    await change({ appUrl: "https://production.example.com/" });
    expect(await mayRun()).toBe(false);
    expect((await readInstallation()).hold).toMatchObject({
      reason: "copied",
      facts: expect.stringMatching(/^APP_URL was https:\/\/production\.example\.com\//),
    });
    await decide(getDb(), "continue", null);
    await expect(decide(getDb(), "separate", null)).rejects.toMatchObject({ code: "already_decided", status: 409 });
    expect(await mayRun()).toBe(true);
    expect((await row()).appUrl).toBe(`${process.env.APP_URL}/`);
    expect((await readInstallation()).hold).toBeNull();
  });
});

describe("a copy at a Temporal of its own", () => {
  it("becomes an installation of its own, with everything paused, ended, or dropped", async () => {
    const { id } = await row();
    await deps().temporal.schedule.getHandle(`penstock-installation-${process.env.TEMPORAL_TASK_QUEUE}`).delete();
    await change({ temporal: "production:7233/default" });
    const { organizationId } = project.actor;
    await getDb().insert(mails).values({ organizationId, to: "a@example.com", subject: "S", body: "" });
    const run = await insertRun(project, exported.id, pastHour(9));
    expect(await mayRun()).toBe(false);
    expect((await readInstallation()).hold?.reason).toBe("copied");
    await decide(getDb(), "separate", null);
    expect(await mayRun()).toBe(true);
    const after = await row();
    expect(after.id).not.toBe(id);
    expect(await readMarker(deps().temporal)).toMatchObject({ id: after.id, generation: after.generation });
    expect(after.recovery?.paused.map(({ exportId }) => exportId)).toEqual([exported.id]);
    const [stopped] = await getDb().select().from(exports).where(eq(exports.id, exported.id));
    expect(stopped).toMatchObject({ paused: true, pause: { by: "recovery" } });
    const [ended] = await getDb().select().from(runs).where(eq(runs.id, run.id));
    expect(ended).toMatchObject({ state: "Cancelled" });
    expect(await getDb().$count(mails, eq(mails.state, "queued"))).toBe(0);
    // Nothing goes to the original's bucket before somebody has verified the connection here.
    expect(await getDb().$count(connections, isNotNull(connections.verifiedAt))).toBe(0);
  });
});

describe("a Temporal of another installation", () => {
  it("is not touched until somebody takes it over, and can't be shared", async () => {
    const marker = { id: randomUUID(), generation: 900, stamp: randomUUID() };
    await writeMarker(deps().temporal, marker);
    expect(await mayRun()).toBe(false);
    expect(await readInstallation()).toMatchObject({
      hold: { reason: "foreign" },
      choices: ["reconcile", "continue"],
    });
    await expect(decide(getDb(), "separate", null)).rejects.toMatchObject({ code: "shared_namespace", status: 409 });
    expect(await readMarker(deps().temporal)).toEqual(marker);
    await decide(getDb(), "continue", null);
    expect(await mayRun()).toBe(true);
    expect(await readMarker(deps().temporal)).toMatchObject({ id: (await row()).id });
  });
});

describe("a Temporal whose marker somebody has changed", () => {
  it("is not taken for this installation's, and is repaired on request", async () => {
    const handle = deps().temporal.schedule.getHandle(`penstock-installation-${process.env.TEMPORAL_TASK_QUEUE}`);
    await handle.pause("Paused by hand");
    expect(await mayRun()).toBe(false);
    expect((await readInstallation()).hold).toMatchObject({ reason: "foreign", facts: expect.stringMatching(/note/) });
    await decide(getDb(), "continue", null);
    expect(await mayRun()).toBe(true);
    expect(await readMarker(deps().temporal)).toMatchObject({ id: (await row()).id });
  });
});

describe("a held installation", () => {
  it("refuses what would change schedules, workflows, or destinations", async () => {
    await change({ hold: { reason: "restored", since: new Date().toISOString(), facts: "A test." } });
    const ask = (method: Method, permission: Permission | null) => requireNotHeld({ method, permission });
    await expect(ask("POST", "runs.start")).rejects.toMatchObject({ code: "held", status: 409 });
    await expect(ask("PATCH", "exports.manage")).rejects.toMatchObject({ code: "held" });
    await expect(ask("DELETE", "connections.delete")).rejects.toMatchObject({ code: "held" });
    await expect(ask("GET", "view")).resolves.toBeUndefined();
    await expect(ask("POST", "installation.manage")).resolves.toBeUndefined();
    await change({ hold: null });
    await expect(ask("POST", "runs.start")).resolves.toBeUndefined();
  });
});

describe("a database restored together with Temporal", () => {
  it("is noticed if Temporal is empty, for that may be the reason", async () => {
    await deps().temporal.schedule.getHandle(`penstock-installation-${process.env.TEMPORAL_TASK_QUEUE}`).delete();
    await change({ raisedAt: sql`now() - interval '11 minutes'` as unknown as Date });
    // Another process: this one has just seen the database.
    const id = randomUUID();
    await change({ id });
    expect(await mayRun()).toBe(false);
    expect((await readInstallation()).hold).toMatchObject({
      reason: "restored",
      facts: expect.stringMatching(/^Temporal at .* has no record of this installation, and no worker has used/),
    });
    await decide(getDb(), "continue", null);
    expect(await mayRun()).toBe(true);
  });

  it("is noticed by a receipt in a bucket that it doesn't know", async () => {
    await getDb().update(exports).set({ paused: true }).where(eq(exports.id, exported.id));
    const backup = await backUp();
    try {
      await complete(exported, pastHour(3));
      await backup.restore();
    } finally {
      await backup.remove();
    }
    // Another process: this one has just seen the database.
    await change({ id: randomUUID(), raisedAt: sql`now() - interval '11 minutes'` as unknown as Date });
    await writeMarker(deps().temporal, await row());
    expect(await mayRun()).toBe(false);
    const { hold } = await readInstallation();
    expect(hold).toMatchObject({ reason: "restored", facts: expect.stringMatching(/has receipt 1, but/) });
    await decide(getDb(), "reconcile", null);
    const after = await until("it was carried out", async () => ((await mayRun()) ? readInstallation() : null));
    expect(after.recovery).toMatchObject({ adopted: 1, refused: [], orphans: [], orphanCount: 0 });
  });

  it("names objects that no receipt names, and receipts that it can't take over", async () => {
    const [manifest] = (await project.bucket.keys(exported.destination.prefix)).filter((key) => key.endsWith(".json"));
    const file = manifest!.replace("_manifest.json", ".jsonl.gz").replace(/T\d\d0000Z-/, "T990000Z-");
    const { bucket } = project;
    const put = (Key: string, Body: string) =>
      bucket.client.send(new PutObjectCommand({ Bucket: bucket.name, Key, Body }));
    await put(file, "left by a run that nobody remembers");
    const other = manifest!.replace(/\d{8}T/g, "20200101T");
    await put(other, "{}");
    const unknown = signed(
      {
        ...{ version: 2, type: "void", exportId: exported.id, runId: randomUUID(), sequence: 9, previous: null },
        ...{ committedAt: new Date().toISOString(), voids: { sequence: 8, sha256: "", reason: "A test." } },
      },
      newSigningKey(),
    );
    const chained = `_penstock/${exported.id}/chain/9.json`;
    await put(chained, canonicalJson(unknown));
    await getDb().update(exports).set({ paused: false }).where(eq(exports.id, exported.id));
    await change({ hold: { reason: "restored", since: new Date().toISOString(), facts: "A test." } });
    await decide(getDb(), "reconcile", null);
    expect(await mayRun()).toBe(true);
    const { recovery } = await readInstallation();
    expect(recovery).toMatchObject({ adopted: 0, orphans: [file], orphanCount: 1 });
    expect(recovery?.refused).toEqual([
      { exportId: exported.id, key: chained, why: expect.stringMatching(/which this database doesn't have/) },
      { exportId: exported.id, key: other, why: "It isn't a version 2 receipt." },
    ]);
    // Its window may have been exported.
    expect(recovery?.paused).toMatchObject([{ why: expect.stringMatching(/^1 receipt in its bucket/) }]);
  });

  it("exports a forgotten window again after it was continued without reading", async () => {
    await getDb().update(connections).set({ verifiedAt: new Date() });
    const window = pastHour(7);
    await fill(window, 2);
    const backup = await backUp();
    try {
      await complete(exported, window);
      await backup.restore();
    } finally {
      await backup.remove();
    }
    await change({ hold: { reason: "restored", since: new Date().toISOString(), facts: "A test." } });
    await decide(getDb(), "continue", null);
    expect(await mayRun()).toBe(true);
    const again = await makeRun(project, exported, window);
    await plan(again);
    // Its name is taken by a run that the database has forgotten, so the next try has another one.
    await expect(putFiles(again)).rejects.toMatchObject({ failure: { code: "key_taken", retryable: true } });
    await putFiles(again);
    await commit(again);
    const [run] = await getDb().select().from(runs).where(eq(runs.id, again));
    expect(run).toMatchObject({ state: "Completed", rows: 2 });
    const manifest = JSON.parse((await project.bucket.bytes(run!.manifest!.key)).toString());
    expect(manifest.runId, "the manifest is the new run's").toBe(again);
  });

  it("adopts nothing from a chain that has forked since", async () => {
    const [before] = await getDb().select().from(exports).where(eq(exports.id, exported.id));
    await getDb().update(exports).set({ paused: false }).where(eq(exports.id, exported.id));
    await change({ hold: { reason: "restored", since: new Date().toISOString(), facts: "A test." } });
    await decide(getDb(), "reconcile", null);
    expect(await mayRun()).toBe(true);
    const { recovery } = await readInstallation();
    expect(recovery).toMatchObject({ adopted: 0 });
    expect(recovery?.refused[0]?.why).toMatch(/^It differs from receipt \d+ in the ledger\.$/);
    const [after] = await getDb().select().from(exports).where(eq(exports.id, exported.id));
    expect(after).toMatchObject({ paused: true, chainSequence: before!.chainSequence, chainHead: before!.chainHead });
  });
});
