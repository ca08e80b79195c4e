import { expect } from "vitest";
import { eventRow } from "../events";
import { insertMergedIds } from "../merged-ids";
import { commit, endAsFailed, leftoversOf, makeRun, nameOf, plan, putFiles, runOf } from "./steps";
import { at, hour, type Suite, specify } from "./suite";

/** When a run dies, how many of its two files it has written, and the hour of the case. */
const DEATHS = [
  { when: "after the plan", files: 0, n: 8 },
  { when: "between its files", files: 1, n: 9, alwaysTried: true },
  { when: "before the commit", files: 2, n: 10 },
];

/** The part of the contract about runs that die midway. */
export function deathsContract(suite: Suite): void {
  diesContract(suite);
  commitContract(suite);
}

function diesContract({ harness, later, project, insert, make, run, runIds }: Suite): void {
  for (const { when, files, n, alwaysTried } of DEATHS)
    specify(
      `leaves the table as it was when a run dies ${when}, and the next one puts its leftovers away`,
      alwaysTried ? null : later,
      async () => {
        await insert([eventRow(at(n, 1)), eventRow(at(n, 2))]);
        const ids = { scope: 1, amplitude_id: 1n, merged_amplitude_id: 2n };
        await insertMergedIds(project().sourceProjectId, [{ ...ids, merge_time: at(n), inserted_at: at(n, 3) }]);
        const exported = await make({ model: "events_and_merged_ids" });
        const runs = () => Promise.all(["events", "merged_ids"].map((table) => runIds(nameOf(exported, table))));
        const first = await run(exported, hour(n));
        const dead = await makeRun(project(), exported, hour(n));
        await plan(dead);
        expect((await runOf(dead)).files).toBe(2);
        await putFiles(dead, files);
        expect(await runs()).toEqual([new Set([first.id]), new Set([first.id])]);
        await endAsFailed(dead);
        const next = await run(exported, hour(n));
        expect(await runs()).toEqual([new Set([next.id]), new Set([next.id])]);
        expect(await leftoversOf(harness, dead, exported)).toEqual([]);
      },
    );
}

function commitContract({ harness, project, insert, make, run, runIds }: Suite): void {
  specify(
    "leaves the table as it was when the commit fails",
    harness.failingCommit ? null : "nothing makes a commit of this stand-in fail",
    async () => {
      await insert([eventRow(at(11, 1))]);
      const exported = await make();
      const table = nameOf(exported);
      const first = await run(exported, hour(11));
      await insert([eventRow(at(11, 2))]);
      const mend = await harness.failingCommit!(table);
      const second = await makeRun(project(), exported, hour(11));
      await plan(second);
      await putFiles(second);
      await expect(commit(second)).rejects.toMatchObject({ failure: { code: expect.any(String) } });
      expect((await harness.rows(table)).map((row) => row._run_id)).toEqual([first.id]);
      await mend();
      await commit(second);
      expect(await runIds(table)).toEqual(new Set([second]));
    },
  );
}
