import { DAY } from "../../units";
import type { EndedRuns, RunTag } from "../types";
import { leftBy, runIdOf } from "../warehouse/stage-owner";
import { type WarehouseColumn, warehouseTable } from "../warehouse/tables";
import type { BigqueryClient } from "./client";
import { createTable, deleteTable, listTables, patchTable } from "./tables";

/** Lifetime of a stage in ms, whatever becomes of its run. */
const EXPIRY = 2 * DAY;
const PREFIX = "_penstock_";

const plain = (id: string) => id.replaceAll("-", "");

const runPrefix = ({ id, exportId, window }: RunTag) =>
  `${PREFIX}${plain(exportId)}_${window.start.toISOString().replace(/\D/g, "")}_${plain(id)}_`;

/** The exact names that runs use: other tables with this prefix are not Penstock's to remove. */
const STAGE = /^_penstock_[0-9a-f]{32}_\d{17}_([0-9a-f]{32})_[a-z_]+_\d+$/;

/** The run id in a stage's name; null for any other name. */
export function runOfStage(name: string): string | null {
  const id = STAGE.exec(name)?.[1];
  return id === undefined ? null : runIdOf(id);
}

/** The part of a file's key `<run>/<table>-<index>.parquet` that distinguishes it within the run. */
export const partOf = (key: string): string =>
  key
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .replaceAll("-", "_");

/** The table that holds a file's rows until the commit. */
export const stageName = (run: RunTag, key: string): string => `${runPrefix(run)}${partOf(key)}`;

/** JSON is staged as text until the commit: load jobs have no option for rounding its numbers. */
const STAGED: Record<WarehouseColumn["kind"], string> = {
  text: "STRING",
  json: "STRING",
  time: "TIMESTAMP",
  int: "INTEGER",
};

export const stageSchema = (table: string) => ({
  fields: warehouseTable(table).columns.map(({ name, kind }) => ({ name, type: STAGED[kind], mode: "NULLABLE" })),
});

/** Creates a file's stage before anything is loaded, so that it expires whatever happens. */
export async function makeStage(
  client: BigqueryClient,
  run: RunTag,
  stage: string,
  table: string,
  signal: AbortSignal,
) {
  const shape = {
    schema: stageSchema(table),
    expirationTime: String(Date.now() + EXPIRY),
    description: `Staged by Penstock for the run ${run.id}; removed when the run is committed.`,
    labels: { penstock_run: run.id, penstock_export: run.exportId },
  };
  await createTable(client, stage, shape, signal);
}

/** Sets a stage's expiry again: a load that replaces a table may clear it. */
export async function keepExpiring(client: BigqueryClient, stage: string, signal: AbortSignal): Promise<void> {
  await patchTable(client, stage, { expirationTime: String(Date.now() + EXPIRY) }, signal);
}

/** Removes the run's own stages. */
export async function dropOwn(client: BigqueryClient, run: RunTag): Promise<void> {
  const found = await listTables(client, runPrefix(run));
  for (const name of found.filter((each) => runOfStage(each) === run.id)) await deleteTable(client, name);
}

/** Removes stages of other runs that are known to have ended. */
export async function dropLeft(client: BigqueryClient, run: RunTag, ended: EndedRuns): Promise<void> {
  const found = await listTables(client, PREFIX);
  for (const name of await leftBy(found, runOfStage, run.id, ended)) await deleteTable(client, name);
}
