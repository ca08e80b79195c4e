import { sql } from "drizzle-orm";
import { runFiles } from "@/lib/db/schema";
import { WORKER_LOST } from "@/lib/failure-codes";

/** Attempts that a file's row keeps: the latest. */
const KEPT = 30;

const { tries, attempt, startedAt, state } = runFiles;

/**
 * SQL: the attempts of a file with its current one, which ended by `code`. A file sent at once has the attempt 0.
 * Unchanged if none is under way.
 */
const withTry = (code: string, { isSeen }: { isSeen: boolean }) => sql`case
  when ${state} <> 'Running' or ${startedAt} is null then ${tries}
  else case when jsonb_array_length(${tries}) >= ${KEPT} then ${tries} - 0 else coalesce(${tries}, '[]') end
    || jsonb_build_array(jsonb_build_object('attempt', greatest(${attempt}, 1), 'startedAt', ${startedAt},
      'endedAt', ${isSeen ? sql`now()` : sql`null::text`}, 'code', ${code}::text)) end`;

/** To set when an attempt begins: one that is still under way was lost with its worker, and nothing has passed yet. */
export const beginTry = {
  tries: withTry(WORKER_LOST, { isSeen: false }),
  passedRows: null,
  passedBytes: null,
  passedAt: null,
};

/** To set when an attempt has failed by `code`. */
export const endTry = (code: string) => ({ tries: withTry(code, { isSeen: true }) });
