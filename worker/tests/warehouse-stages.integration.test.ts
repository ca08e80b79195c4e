import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { postgresSettingsSchema } from "@/lib/destinations/postgres/schema";
import { openDestination } from "@/lib/destinations/registry";
import { splitConfig } from "@/lib/services/connections/split";
import { endedRunsOf } from "@/lib/services/ledger/ended-runs";
import { micros } from "@/lib/source/time";
import { secondTryWins } from "@/testing/runs/destinations/frozen";
import { postgresHarness } from "@/testing/runs/destinations/postgres";
import { endAsFailed, makeExportTo, makeRun, plan, putFiles, runWindow } from "@/testing/runs/destinations/steps";
import { eventRow, insertEvents } from "@/testing/runs/events";
import { pastHour } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { runTag } from "@/testing/runs/run-tag";

const window = pastHour(1);

let project: TestProject;
beforeAll(async () => {
  await postgresHarness.open();
  project = await openProject();
  await insertEvents(project.sourceProjectId, [eventRow(micros(window.start))]);
});
afterAll(async () => {
  await project.close();
  await postgresHarness.close();
});

/** A run with a staged file, of its own export. */
async function staged(): Promise<string> {
  const exported = await makeExportTo(project, postgresHarness, {});
  const id = await makeRun(project, exported, window);
  await plan(id);
  await putFiles(id);
  return id;
}

const stageOf = (id: string) => `_penstock_${id.replaceAll("-", "")}_events_0`;

/** A table of Penstock's own user, which it could drop. */
async function make(name: string, kind = "UNLOGGED TABLE"): Promise<string> {
  const { username } = postgresHarness.config();
  await postgresHarness.sql(`CREATE ${kind} ${name} (uuid text); ALTER TABLE ${name} OWNER TO ${username}`);
  return name;
}

it("puts away what runs left that have ended, and no other table, whatever it is called", async () => {
  const [dead, active] = [await staged(), await staged()];
  await endAsFailed(dead);
  const others = [
    await make(stageOf(randomUUID())),
    await make("_penstock_backup"),
    await make(`${stageOf(dead)}_copy`),
    await make(stageOf(dead).replace(/0$/, "7"), "TABLE"),
  ];
  await runWindow(project, await makeExportTo(project, postgresHarness, {}), window);
  expect((await postgresHarness.leftovers()).toSorted()).toEqual([stageOf(active), ...others].toSorted());
});

it("gives the stage to the newest try at a file: one that is frozen on its way loses it", async () => {
  const settings = postgresSettingsSchema.parse({ type: "postgres", table: "frozen" });
  const { config, secret } = splitConfig("postgres", postgresHarness.config());
  const to = openDestination({ type: "postgres", config, secret, externalId: "" }, settings, runTag("frozen"));
  await secondTryWins(to);
});

it("asks the ledger, which knows the runs of one organization only", async () => {
  const [dead, active] = [await staged(), await staged()];
  await endAsFailed(dead);
  const asked = [dead, active, randomUUID()];
  expect(await endedRunsOf(getDb(), project.actor.organizationId)(asked)).toEqual(new Set([dead]));
  expect(await endedRunsOf(getDb(), randomUUID())(asked)).toEqual(new Set());
});
