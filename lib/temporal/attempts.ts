// Which attempts at a step count. Workflows import it: no I/O.

import { MINUTE, SECOND } from "../units";

/** Attempts at a step of a run, and of a request for checks, that may fail before the step does. */
export const ATTEMPTS = { run: 15, checks: 10 } as const;

/** Attempts beyond these that may end with their worker: a step must not be repeated forever. */
export const FREE_ATTEMPTS = 200;

/** Pauses after a failed attempt, in ms: each twice as long as the one before. */
const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = 2 * MINUTE;

/** What the attempts at a step have come to. Temporal keeps it with the step's heartbeats. */
export interface Attempts {
  /** Attempts that count. */
  counted: number;
  /** The attempt that wrote this. */
  attempt: number;
  /** Whether that attempt has reported how it ended. */
  isOver: boolean;
  /** The furthest that an attempt has come, and where this one is: parts of a file that the ledger has. */
  furthest: number;
  reached: number;
}

const NONE: Attempts = { counted: 0, attempt: 0, isOver: true, furthest: 0, reached: 0 };

/**
 * The state at the beginning of an attempt. An attempt that ended without a report was lost with its worker. It counts,
 * unless it came further than those before: then the next one continues where it ended. Those of earlier versions, which
 * wrote nothing, count.
 */
export function beginAttempt(known: Attempts | undefined, attempt: number): Attempts {
  const { counted, furthest, ...last } = known ?? NONE;
  const unseen = Math.max(0, attempt - 1 - last.attempt);
  const isLost = !last.isOver && last.reached <= furthest;
  return {
    counted: counted + unseen + (isLost ? 1 : 0),
    attempt,
    isOver: false,
    furthest: Math.max(furthest, last.reached),
    reached: 0,
  };
}

/** The state after an attempt that failed, or was ended by its worker's shutdown, which does not count. */
export const endAttempt = (now: Attempts, { counts }: { counts: boolean }): Attempts => ({
  ...now,
  counted: now.counted + (counts ? 1 : 0),
  isOver: true,
});

/** The pause in ms before the next attempt. */
export const pauseAfter = ({ counted }: Pick<Attempts, "counted">): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, counted - 1));
