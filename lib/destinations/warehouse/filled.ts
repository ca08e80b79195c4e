import { ExportError } from "@/lib/errors";
import type { Commit } from "../types";
import type { Target } from "./target";

/** A table, with the files of a run that go into it. */
export interface Filled<T extends Target = Target> {
  target: T;
  files: { key: string; rows: number }[];
  /** Rows that the files are known to hold. */
  rows: number;
}

/** What a commit puts into each table that the run fills, including tables without a file. */
export const filledBy = <T extends Target>({ tables, files }: Commit, targetOf: (table: string) => T): Filled<T>[] =>
  tables.map((table) => {
    const its = files.filter((file) => file.table === table);
    return { target: targetOf(table), files: its, rows: its.reduce((sum, { rows }) => sum + rows, 0) };
  });

/**
 * Thrown by a commit when staged rows of files are gone, or differ in number from what was measured, without having
 * been committed: these files must be exported again.
 */
export class StagingLost extends ExportError {
  constructor(
    /** Of the files to export again. */
    readonly keys: readonly string[],
    check: string,
  ) {
    const files = keys.length === 1 ? "1 file" : `${keys.length} files`;
    super({
      code: "staging_lost",
      message: `Staged rows of ${files} of this run are missing.`,
      fix: `Check that ${check}; then retry the run.`,
      retryable: false,
    });
  }
}

/** The failure of a commit when a warehouse took a different number of rows than the files hold. */
export const loadMismatch = (warehouse: string, { bare }: Target, loaded: number, rows: number, fix: string) =>
  new ExportError({
    code: "load_mismatch",
    message: `${warehouse} loaded ${loaded} rows into ${bare}, but the files have ${rows}.`,
    fix,
    retryable: false,
  });
