import type { Commit } from "../destinations/types";
import { ExportError } from "../errors";
import type { Target } from "./target";

/** A table with the files of a run that go into it. */
export interface Filled {
  target: Target;
  files: { key: string; rows: number }[];
  /** Rows that the files are known to hold. */
  rows: number;
}

/** What a commit puts into each table that the run fills, also into one that no file is for. */
export const filledBy = ({ tables, files }: Commit, targetOf: (table: string) => Target): Filled[] =>
  tables.map((table) => {
    const its = files.filter((file) => file.table === table);
    return { target: targetOf(table), files: its, rows: its.reduce((sum, { rows }) => sum + rows, 0) };
  });

/** What a commit ends with when files of the run are gone without having been committed. */
export const stagingLost = ({ bare }: Target, check: string) =>
  new ExportError({
    code: "staging_lost",
    message: `Files of this run that were staged for ${bare} are gone.`,
    fix: `Retry the run, and check that ${check}.`,
    retryable: false,
  });

/** What a commit ends with when a warehouse took another number of rows than the files hold. */
export const loadMismatch = (warehouse: string, { bare }: Target, loaded: number, rows: number, fix: string) =>
  new ExportError({
    code: "load_mismatch",
    message: `${warehouse} took ${loaded} rows into ${bare} where the files hold ${rows}.`,
    fix,
    retryable: false,
  });
