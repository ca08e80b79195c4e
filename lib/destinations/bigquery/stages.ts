import { type WarehouseColumn, warehouseTable } from "../../warehouse/tables";
import type { RunTag } from "../types";
import type { BigqueryClient } from "./client";
import { createTable, deleteTable, listTables, patchTable } from "./tables";

/** After this a stage goes by itself, whatever became of its run. In ms. */
const EXPIRY = 2 * 86_400_000;
const PREFIX = "_penstock_";

const plain = (id: string) => id.replaceAll("-", "");

/** What the stages of a window's runs begin with: leftovers are found by it. */
const windowPrefix = ({ exportId, window }: RunTag) =>
  `${PREFIX}${plain(exportId)}_${window.start.toISOString().replace(/\D/g, "")}_`;

const runPrefix = (run: RunTag) => `${windowPrefix(run)}${plain(run.id)}_`;

/** The part of a file's key `<run>/<table>-<index>.parquet` that tells it from the run's other files. */
export const partOf = (key: string): string =>
  key
    .replace(/^.*\//, "")
    .replace(/\.\w+$/, "")
    .replaceAll("-", "_");

/** The table that holds a file's rows until they are committed. */
export const stageName = (run: RunTag, key: string): string => `${runPrefix(run)}${partOf(key)}`;

/** JSON goes as text until the commit: load jobs can't say how numbers of it are to be rounded. */
const STAGED: Record<WarehouseColumn["kind"], string> = {
  text: "STRING",
  json: "STRING",
  time: "TIMESTAMP",
  int: "INTEGER",
};

export const stageSchema = (table: string) => ({
  fields: warehouseTable(table).columns.map(({ name, kind }) => ({ name, type: STAGED[kind], mode: "NULLABLE" })),
});

/** Makes a file's stage, which is there before anything is loaded: so that it expires whatever happens. */
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
    description: `Staged by Penstock for the run ${run.id}; goes when that is committed.`,
    labels: { penstock_run: run.id, penstock_export: run.exportId },
  };
  await createTable(client, stage, shape, signal);
}

/** Says again when a stage goes: a load that replaces a table may take its expiry along. */
export async function keepExpiring(client: BigqueryClient, stage: string, signal: AbortSignal): Promise<void> {
  await patchTable(client, stage, { expirationTime: String(Date.now() + EXPIRY) }, signal);
}

/** Puts away the stages of a run itself, or what other runs of its window have left: only one run at a time is on a window. */
export async function dropStages(client: BigqueryClient, run: RunTag, whose: "own" | "others"): Promise<void> {
  const mine = runPrefix(run);
  const found = await listTables(client, whose === "own" ? mine : windowPrefix(run));
  for (const name of found.filter((each) => whose === "own" || !each.startsWith(mine))) await deleteTable(client, name);
}
