import { ExportError } from "../../errors";
import type { RunTag } from "../types";
import type { Session } from "./client";
import type { Filled } from "./commit";
import { copyInto, createStaging, quote } from "./sql";
import { at, runPath } from "./stage";

/** How many files one COPY may name. */
const MOST_FILES = 1000;

export interface Loaded {
  /** The table that holds the rows; null where there are none. */
  staging: string | null;
  loaded: number;
  rejected: number;
  queries: string[];
}

/** Loads the files of one table into a table of this session, and holds what was loaded of each against what it holds. */
export async function loadStaging(session: Session, run: RunTag, { target, files }: Filled): Promise<Loaded> {
  const none: Loaded = { staging: null, loaded: 0, rejected: 0, queries: [] };
  if (files.length === 0) return none;
  const staging = `_penstock_${run.id.replaceAll("-", "")}_${target.table.model.table}`;
  await session.query(createStaging(quote(staging), target.table));
  let { loaded, rejected } = none;
  const queries: string[] = [];
  for (let from = 0; from < files.length; from += MOST_FILES) {
    const part = files.slice(from, from + MOST_FILES);
    const names = part.map(({ name }) => name);
    const { rows, queryId } = await session.query(copyInto(quote(staging), at(runPath(run)), names));
    queries.push(queryId);
    const found = new Map(rows.map((row) => [(row.file ?? "").replace(/^.*\//, ""), row]));
    for (const { name, rows: expected } of part) {
      const row = found.get(name);
      const [its, parsed] = [Number(row?.rows_loaded ?? 0), Number(row?.rows_parsed ?? 0)];
      if (its !== expected || its !== parsed) throw mismatch(target.bare, its, expected);
      loaded += its;
      rejected += parsed - its;
    }
  }
  return { staging, loaded, rejected, queries };
}

/** Throws when a table took another number of rows than its files hold. */
export const mismatch = (bare: string, loaded: number, rows: number) =>
  new ExportError({
    code: "load_mismatch",
    message: `Snowflake took ${loaded} rows into ${bare} where the files hold ${rows}.`,
    fix: "Look the load up in the account's query history; then retry the run.",
    retryable: false,
  });
