import { GIB } from "@/lib/units";

/** Bytes that a scheduled audit of an export reads back as a sample, in each of its rounds; the last file may exceed it. */
const OF_A_ROUND = GIB;
/** Bytes that an audit reads, beside its sample, to tell rewritten objects from changed ones. */
const OF_DOUBTS = GIB;

/** Bytes that may still be read. */
export interface Budget {
  left: number;
}

/** How much an audit may still read back. */
export interface Reading extends Budget {
  /** Share of the files whose bytes are read back, whatever a listing shows of them. */
  share: number;
  /** For objects that a listing shows otherwise than they were written: they don't compete with the sample. */
  doubts: Budget & { most: number };
  /** When reading and looking at single objects end, in epoch ms. */
  until: number;
}

export const isTimeOver = ({ until }: Pick<Reading, "until">): boolean => Date.now() > until;

export const isOver = (reading: Reading): boolean => reading.left <= 0 || isTimeOver(reading);

const [ALL, NEVER] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
const doubts = () => ({ left: OF_DOUBTS, most: OF_DOUBTS });

/** Everything is read. */
export const everything = (): Reading => ({ share: 1, left: ALL, doubts: { left: ALL, most: ALL }, until: NEVER });

/** Nothing is read, except to tell whether a rewritten object still has the same bytes. */
export const onlyDoubts = (): Reading => ({ share: 0, left: 0, doubts: doubts(), until: NEVER });

/**
 * A share of the files is read, at most a GiB. If that is less than the share, the share is lowered, so that every file
 * is as likely as any other: over time, all get their turn.
 */
export const shareOf = (share: number, bytes: number, until: number): Reading => ({
  share: bytes === 0 ? share : Math.min(share, OF_A_ROUND / bytes),
  left: OF_A_ROUND,
  doubts: doubts(),
  until,
});

/** Chooses each file with the probability of the share. */
export const chosen = <T>(files: readonly T[], { share }: Reading, random: () => number = Math.random): T[] =>
  files.filter(() => random() < share);
