import type { CountedRun, TableGone } from "../types";
import { COMMITS } from "../warehouse/fence";
import type { Counted } from "../warehouse/target";
import type { Session } from "./client";
import { canReadCommits } from "./fence";
import type { SnowflakeConfig } from "./schema";
import { bound, countRuns, type SnowflakeTarget } from "./sql";

/** "Does not exist or not authorized". */
const MISSING = "002003";

/**
 * Counts an export's rows in a table by run and window. Snowflake doesn't say whether a table is missing or may not be
 * read: it counts as missing if the table of commits, which every export fills beside it, can be read.
 */
export async function countRows(
  session: Session,
  config: Pick<SnowflakeConfig, "database" | "schema">,
  { target, exportId, range }: Counted & { target: SnowflakeTarget },
  signal: AbortSignal,
): Promise<CountedRun[] | TableGone> {
  try {
    const binds = [exportId, bound(range.start), bound(range.end)];
    const { rows } = await session.query(countRuns(target), binds, signal);
    return rows.map(({ RUN, START_MS, END_MS, ROWS }) => ({
      runId: RUN ?? "",
      window: { start: new Date(Number(START_MS)), end: new Date(Number(END_MS)) },
      rows: Number(ROWS),
    }));
  } catch (error) {
    if (codeOf(error) !== MISSING || !(await canReadCommits(session, config))) throw error;
    const gone = `There is no table ${target.bare} that the role may read any more, though it may read ${COMMITS} beside it.`;
    return { gone };
  }
}

/** The driver's codes are numbers or texts. */
const codeOf = (error: unknown) => String((error as { code?: string | number }).code ?? "").padStart(6, "0");
