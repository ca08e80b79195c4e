import { and, asc, eq, inArray } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { getDb } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { buckets, runFiles, runs } from "@/lib/db/schema";
import { bucketAddress } from "@/lib/destinations/s3/bucket-address";
import type { OpenDestination } from "@/lib/destinations/types";
import { micros } from "@/lib/source/time";
import { makeTenant } from "@/testing/api/tenant";
import { makeRun, plan } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { beginFenced } from "@/worker/steps/files/begin-fenced";
import { sendingOne } from "@/worker/steps/files/send-one";
import { loadRun } from "@/worker/steps/load";

const FILES = 3;
const FIRST = { attempt: 1 };

let project: TestProject;
let id: string;
beforeAll(async () => {
  project = await openProject();
  const rows = Array.from({ length: FILES }, (_, n) =>
    eventRow(micros(pastHour(1).start) + n, { event: Buffer.from(`name-${n}`) }),
  );
  await insertEvents(project.sourceProjectId, rows);
});
afterAll(() => project.close());

beforeEach(async () => {
  const exported = await makeExport(project, { destination: { layout: "hive", partitionByEvent: true } });
  id = await makeRun(project, exported, pastHour(1));
  await plan(id);
});

const filesOf = (): Promise<RunFileRow[]> =>
  getDb().select().from(runFiles).where(eq(runFiles.runId, id)).orderBy(asc(runFiles.index));

/** Indexes of the files that an attempt begins and may store. */
const begin = async (attempt = FIRST) =>
  [...(await beginFenced(getDb(), await loadRun(getDb(), id), await filesOf(), attempt))].sort();

describe("files that are begun and fenced at once", () => {
  it("are those that no attempt has begun, each once", async () => {
    expect(await begin()).toEqual([0, 1, 2]);
    for (const file of await filesOf())
      expect(file).toMatchObject({ state: "Running", attempt: 1, sentAt: expect.any(Date) });
    expect(await begin()).toEqual([]);
    expect(await begin({ attempt: 2 })).toEqual([]);
  });

  it("are none that an earlier attempt may have stored", async () => {
    await getDb()
      .update(runFiles)
      .set({ sentAt: new Date() })
      .where(and(eq(runFiles.runId, id), inArray(runFiles.index, [1])));
    expect(await begin()).toEqual([0, 2]);
  });

  it("are none of a run that has ended", async () => {
    await getDb().update(runs).set({ state: "Cancelled" }).where(eq(runs.id, id));
    expect(await begin()).toEqual([]);
    for (const file of await filesOf()) expect(file).toMatchObject({ state: "Pending", sentAt: null });
  });

  it("are none of an earlier plan", async () => {
    const loaded = await loadRun(getDb(), id);
    const files = await filesOf();
    await getDb().update(runs).set({ planVersion: 2 }).where(eq(runs.id, id));
    expect([...(await beginFenced(getDb(), loaded, files, FIRST))]).toEqual([]);
  });

  it("are none in a bucket of another organization", async () => {
    const loaded = await loadRun(getDb(), id);
    const address = bucketAddress(loaded.connection.config as Parameters<typeof bucketAddress>[0]);
    const isClaimed = and(eq(buckets.endpoint, address.endpoint), eq(buckets.bucket, address.bucket));
    const before = await getDb().delete(buckets).where(isClaimed).returning();
    const { organizationId } = await makeTenant();
    await getDb()
      .insert(buckets)
      .values({ ...address, organizationId });
    try {
      expect(await begin()).toEqual([]);
    } finally {
      await getDb().delete(buckets).where(isClaimed);
      if (before.length > 0) await getDb().insert(buckets).values(before);
    }
  });
});

describe("an object that is stored later than its fence holds", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
  afterEach(() => void vi.useRealTimers());

  const bytes = Buffer.from("{}\n");
  const measured = { rows: 1, bytes: bytes.length, sha256: "0".repeat(64) };
  /** A destination that stores nothing: it waits, then asks whether it may. */
  const slow = (before: () => unknown): Pick<OpenDestination, "putFile"> => ({
    putFile: async ({ body, as }) => {
      body.destroy();
      await before();
      vi.advanceTimersByTime(2_001);
      await as?.fence();
      return { etag: "an-etag", encryption: null };
    },
  });

  const send = async (before: () => unknown = () => {}) => {
    const [planned] = await filesOf();
    const destination = slow(before);
    const current = { attempt: 1, signal: AbortSignal.timeout(30_000) };
    const sending = sendingOne(
      getDb(),
      await loadRun(getDb(), id),
      { destination, contentType: "text/plain" },
      current,
    );
    await sending({ planned: planned!, bytes, measured, replaced: { values: [], characters: 0 } });
  };
  const end = () => getDb().update(runs).set({ state: "Cancelled" }).where(eq(runs.id, id));

  it("asks the ledger again, which refuses it once the run has ended", async () => {
    await expect(send(end)).rejects.toMatchObject({
      failure: { code: "superseded" },
    });
  });

  it("is stored while the run is under way", async () => {
    await send();
    expect((await filesOf())[0]).toMatchObject({ state: "Completed", etag: "an-etag" });
  });
});

describe("a file whose name is fixed", () => {
  it("counts as the window's own only once an attempt may have stored it", async () => {
    const exported = await makeExport(project, { destination: { layout: "amplitude", compression: "gzip" } });
    id = await makeRun(project, exported, pastHour(1));
    await plan(id);
    const [planned] = await filesOf();
    const known: (boolean | undefined)[] = [];
    const refusing: Pick<OpenDestination, "putFile"> = {
      putFile: async ({ body, as }) => {
        body.destroy();
        known.push(as?.known);
        throw new Error("The storage is away.");
      },
    };
    for (const attempt of [1, 2]) {
      const current = { attempt, signal: AbortSignal.timeout(30_000) };
      const sending = sendingOne(
        getDb(),
        await loadRun(getDb(), id),
        { destination: refusing, contentType: "text/plain" },
        current,
      );
      const sent = { planned: planned!, bytes: Buffer.from("x"), measured: { rows: 1, bytes: 1, sha256: "" } };
      await expect(sending({ ...sent, replaced: { values: [], characters: 0 } })).rejects.toThrow("is away");
    }
    expect(known).toEqual([false, true]);
  });
});
