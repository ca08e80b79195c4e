import type { DatabaseError } from "pg";

/** Where a COPY stopped: the row, counted from 1, and the column, if the server names one. */
interface RefusedAt {
  line: number;
  column: string | null;
}

/** "COPY _penstock_…, line 3, column properties", in any language of the server. */
const COPY = /^COPY \S+, \D+(\d+)(?:, \S+ (\S+))?$/;

/** Null unless the error concerns a row of a COPY. Earlier lines of the context may be data of the row. */
export function refusedAt({ where = "" }: Pick<DatabaseError, "where">): RefusedAt | null {
  const found = COPY.exec(where.split("\n").at(-1) ?? "");
  return found ? { line: Number(found[1]), column: found[2] ?? null } : null;
}
