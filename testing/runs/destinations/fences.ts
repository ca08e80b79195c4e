import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect } from "vitest";
import { getDb } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import { COMMITS } from "@/lib/destinations/warehouse/fence";
import { loadRun, withDestination } from "@/worker/steps/load";
import { eventRow } from "../events";
import { insertPersons, personRow } from "../persons";
import { commit, endAsFailed, endAsRunning, leftoversOf, makeRun, nameOf, plan, putFiles, runOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

const superseded = { failure: { code: "superseded", retryable: false } };
const HELD_BY_FILES = "files of a bucket have a contract of their own";

const filesOf = (runId: string) => getDb().select().from(runFiles).where(eq(runFiles.runId, runId));

/** The commit of a worker that doesn't know yet that its run has ended. */
async function commitLate(runId: string, table: string): Promise<void> {
  const files = (await filesOf(runId)).map(({ key, rows }) => ({ key, table, rows: rows ?? 0 }));
  await withDestination(getDb(), await loadRun(getDb(), runId), (to) =>
    to.commit({ files, tables: [table], manifest: null }),
  );
}

/** The part of the contract about which run owns a window, and about lost staged rows. */
export function fencesContract(suite: Suite): void {
  lateContract(suite);
  ownContract(suite);
  lostContract(suite);
}

function lateContract({ harness, tables, project, insert, make, run, runIds }: Suite): void {
  const skipped = tables ? null : HELD_BY_FILES;

  specify("refuses the commit of a run that has ended once a later one has committed", skipped, async () => {
    await insert([eventRow(at(30, 1))]);
    const exported = await make();
    const old = await makeRun(project(), exported, hour(30));
    await plan(old);
    await putFiles(old);
    await endAsFailed(old);
    await insert([eventRow(at(30, 2))]);
    const { id } = await run(exported, hour(30));
    await expect(commitLate(old, "events")).rejects.toMatchObject(superseded);
    expect((await harness.rows(nameOf(exported))).map((row) => row._run_id)).toEqual([id, id]);
  });

  specify("refuses it also while what it staged is there, and changes nothing", skipped, async () => {
    await insert([eventRow(at(31, 1))]);
    const exported = await make();
    const first = await run(exported, hour(31));
    const old = await makeRun(project(), exported, hour(31));
    await plan(old);
    await putFiles(old);
    await tables!.sql(
      `UPDATE ${tables!.quoted(COMMITS)} SET fence = 1000000000000 WHERE _export_id = '${exported.id}'`,
    );
    await expect(commit(old)).rejects.toMatchObject(superseded);
    expect(await runIds(nameOf(exported))).toEqual(new Set([first.id]));
    expect(await leftoversOf(harness, old, exported)).toHaveLength(1);
  });

  specify("refuses that of a window within one that a later run has committed", skipped, async () => {
    await insert([eventRow(at(33, 1))]);
    const exported = await make();
    const inner = await makeRun(project(), exported, hour(33));
    await plan(inner);
    await putFiles(inner);
    const outer = await run(exported, { start: hour(32).start, end: hour(33).end });
    await expect(commit(inner)).rejects.toMatchObject(superseded);
    expect((await harness.rows(nameOf(exported))).map((row) => row._run_id)).toEqual([outer.id]);
  });
}

function ownContract({ harness, tables, insert, make, run }: Suite): void {
  specify(
    "adds the rows of a run once, though the answer to its commit was lost",
    tables ? null : HELD_BY_FILES,
    async () => {
      await insert([eventRow(at(34, 1))]);
      const exported = await make({ commitMode: "append" });
      const { id } = await run(exported, hour(34));
      await endAsRunning(id);
      await commit(id);
      expect(await harness.rows(nameOf(exported))).toHaveLength(1);
      expect((await runOf(id)).receipt).toMatchObject({ rows: 1, tables: [{ rows: 1, loaded: 1 }] });
    },
  );
}

function lostContract({ harness, tables, project, insert, make }: Suite): void {
  specify(
    "has files exported again whose staged rows are gone before the commit, of tables that are merged too",
    tables ? null : HELD_BY_FILES,
    async () => {
      await insert([eventRow(at(58, 1))]);
      await insertPersons(project().sourceProjectId, [personRow(randomUUID(), 1, at(58))]);
      for (const model of ["events", "persons"] as const) {
        const exported = await make({ model });
        const id = await makeRun(project(), exported, hour(58));
        await plan(id);
        await putFiles(id);
        await tables!.loseStaged(id);
        await expect(commit(id)).rejects.toMatchObject({ failure: { code: "staging_lost", retryable: false } });
        expect(await harness.rows(nameOf(exported, model))).toEqual([]);
        expect(await filesOf(id)).toMatchObject([{ state: "Pending", rows: null, sha256: null, etag: null }]);
        // The response may be lost as well: the next try fails the same way.
        await expect(commit(id)).rejects.toMatchObject({ failure: { code: "not_ready", retryable: false } });
        await putFiles(id);
        await commit(id);
        const rows = await harness.rows(nameOf(exported, model));
        expect(rows).not.toEqual([]);
        expect((await runOf(id)).receipt).toMatchObject({ rows: rows.length, tables: [{ rows: rows.length }] });
      }
    },
  );
}
