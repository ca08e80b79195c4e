import type { DatabaseError } from "pg";

/** Where in a COPY the server stopped: the row counted from 1, and the column where it says one. */
interface RefusedAt {
  line: number;
  column: string | null;
}

/** "COPY _penstock_…, line 3, column properties", in whatever language the server speaks. */
const COPY = /^COPY \S+, \D+(\d+)(?:, \S+ (\S+))?$/;

/** Null where the error is not of a COPY's row. What else the context says may be data of the row, and comes before. */
export function refusedAt({ where = "" }: Pick<DatabaseError, "where">): RefusedAt | null {
  const found = COPY.exec(where.split("\n").at(-1) ?? "");
  return found ? { line: Number(found[1]), column: found[2] ?? null } : null;
}
