import { afterAll, beforeAll, expect, it } from "vitest";
import { type Db, getDb } from "@/lib/db/client";
import { openPool } from "@/lib/db/pool";
import { databaseOf } from "@/lib/db/session";
import { getEnv } from "@/lib/env";
import { deps } from "@/testing/runs/deps";
import { commit, makeRun, plan, putFiles, runOf } from "@/testing/runs/destinations/steps";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { PgProxy } from "@/testing/runs/faults/pg-proxy";
import { openProject, type TestProject } from "@/testing/runs/project";
import { windowSteps } from "@/testing/runs/window-steps";
import { commitRun } from "@/worker/steps/commit/commit-run";
import { settleRun } from "@/worker/steps/upkeep/settle-run";

let project: TestProject;
const { fill } = windowSteps(() => project);

beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** A database whose transactions fail, though its single statements don't. */
const withoutTransactions = (db: Db): Db =>
  new Proxy(db, {
    get(target, name) {
      if (name === "transaction") return () => Promise.reject(new Error("The connection broke."));
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });

/** A database behind a proxy that delivers the first COMMIT and loses its answer. */
async function losingAnAnswer() {
  const address = new URL(getEnv().DATABASE_URL);
  const proxy = await PgProxy.open(address, (text) => (text === "commit" ? "COMMIT" : ""));
  const pool = openPool(Object.assign(new URL(address), { port: String(proxy.port) }).href, "penstock-test", 10_000);
  const armed = proxy.arm("COMMIT", 1, { do: "lose answer" });
  const close = async () => {
    await pool.end();
    await proxy.close();
  };
  return { db: databaseOf(pool, 10_000), armed, close };
}

/** A run whose manifest is in the bucket, though the ledger didn't learn of its commit. */
async function committedUnseen(hour: number) {
  const exported = await makeExport(project);
  await fill(pastHour(hour), 3);
  const id = await makeRun(project, exported, pastHour(hour));
  await plan(id);
  await putFiles(id);
  const broken = deps({ db: withoutTransactions(getDb()) });
  await expect(commitRun(broken, id, AbortSignal.timeout(60_000))).rejects.toThrow("The connection broke.");
  const { state, manifest } = await runOf(id);
  expect(state).toBe("Running");
  expect(await project.bucket.keys(exported.destination.prefix)).toContain(manifest?.key);
  return id;
}

it("a run whose commit the ledger made, without the answer arriving, is committed by the same try", async () => {
  const exported = await makeExport(project);
  await fill(pastHour(3), 3);
  const id = await makeRun(project, exported, pastHour(3));
  await plan(id);
  await putFiles(id);
  const { db, armed, close } = await losingAnAnswer();
  await commitRun(deps({ db }), id, AbortSignal.timeout(60_000)).finally(close);
  expect(armed.hit.isOpen).toBe(true);
  expect(await runOf(id)).toMatchObject({ state: "Completed", receipt: { rows: 3 } });
});

it("a run whose commit the ledger missed is committed by its next try", async () => {
  const id = await committedUnseen(1);
  await commit(id);
  expect(await runOf(id)).toMatchObject({ state: "Completed", receipt: { rows: 3 } });
});

it("a run whose commit the ledger missed is committed though it was to be canceled", async () => {
  const id = await committedUnseen(2);
  await settleRun(deps(), id, "Cancelled", null);
  expect(await runOf(id)).toMatchObject({ state: "Completed", receipt: { rows: 3 } });
});
