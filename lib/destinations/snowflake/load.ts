import type { Replacements } from "@/lib/fields/receipt";
import type { RunTag } from "../types";
import { type Filled, loadMismatch, StagingLost } from "../warehouse/filled";
import type { WarehouseTable } from "../warehouse/tables";
import type { Session } from "./client";
import { quote, stored } from "./names";
import { copyInto, countUnparsed, createStaging } from "./sql";
import { at, fileName, runPath, STAGE } from "./stage";

/** Maximum number of files in one COPY. */
const MOST_FILES = 1000;

/** The fix if a load took a different number of rows. */
export const HISTORY = "Look up the load in the account's query history; then retry the run.";

/** What to check if files are gone, or differ from the staged ones. */
export const UNTOUCHED = `nothing else changes files in the stage ${STAGE}`;

export interface Loaded {
  /** The table that holds the rows; null if there are none. */
  staging: string | null;
  loaded: number;
  rejected: number;
  queries: string[];
  /** Values that Snowflake can't parse as JSON. */
  unparsed: Replacements;
}

/**
 * Loads the files of one table into a temporary table of this session, and checks each file's loaded rows against its
 * row count. Throws `StagingLost` for files whose row count is not the measured one.
 */
export async function loadStaging(session: Session, run: RunTag, { target, files }: Filled): Promise<Loaded> {
  const none: Loaded = { staging: null, loaded: 0, rejected: 0, queries: [], unparsed: [] };
  if (files.length === 0) return none;
  const staging = `_penstock_${run.id.replaceAll("-", "")}_${target.table.model.table}`;
  await session.query(createStaging(quote(staging), target.table));
  let { loaded, rejected } = none;
  const queries: string[] = [];
  const lost: string[] = [];
  for (let from = 0; from < files.length; from += MOST_FILES) {
    const part = files.slice(from, from + MOST_FILES);
    const names = part.map(({ key }) => fileName(key));
    const { rows, queryId } = await session.query(copyInto(quote(staging), at(runPath(run)), names));
    queries.push(queryId);
    const found = new Map(rows.map((row) => [(row.file ?? "").replace(/^.*\//, ""), row]));
    for (const file of part) {
      const row = found.get(fileName(file.key));
      const [its, parsed] = [Number(row?.rows_loaded ?? 0), Number(row?.rows_parsed ?? 0)];
      if (parsed !== file.rows) lost.push(file.key);
      else if (its !== parsed) throw loadMismatch("Snowflake", target, its, file.rows, HISTORY);
      loaded += its;
      rejected += parsed - its;
    }
  }
  if (lost.length > 0) throw new StagingLost(lost, UNTOUCHED);
  return { staging, loaded, rejected, queries, unparsed: await unparsedIn(session, quote(staging), target.table) };
}

async function unparsedIn(session: Session, staging: string, table: WarehouseTable): Promise<Replacements> {
  const sql = countUnparsed(staging, table);
  const [counts = {}] = sql === null ? [] : (await session.query(sql)).rows;
  return table.columns
    .map(({ name }) => ({ column: name, values: Number(counts[stored(name)] ?? 0) }))
    .filter(({ values }) => values > 0)
    .map((one) => ({ table: table.model.table, ...one, reason: "not_json" }));
}
