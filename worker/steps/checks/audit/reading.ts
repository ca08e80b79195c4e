import { GIB, MIB } from "@/lib/units";

/** Bytes that a scheduled audit of an export reads back, in each of its rounds; the last file may exceed it. */
const OF_A_ROUND = GIB;
/** Bytes that other audits read per batch, to tell a rewritten object from a changed one. */
const OF_A_BATCH = 256 * MIB;

/** How much an audit may still read back. */
export interface Reading {
  /** Share of the files whose bytes are read back, whatever a listing shows of them. */
  share: number;
  /** Bytes left to read. */
  left: number;
  /** When reading ends, in epoch ms. */
  until: number;
}

export const isOver = ({ left, until }: Reading): boolean => left <= 0 || Date.now() > until;

/** Everything is read. */
export const everything = (): Reading => ({
  share: 1,
  left: Number.POSITIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
});

/** Nothing is read, except to tell whether a rewritten object still has the same bytes. */
export const onlyDoubts = (): Reading => ({ share: 0, left: OF_A_BATCH, until: Number.POSITIVE_INFINITY });

/**
 * A share of the files is read, at most a GiB. If that is less than the share, the share is lowered, so that every file
 * is as likely as any other: over time, all get their turn.
 */
export const shareOf = (share: number, bytes: number, until: number): Reading => ({
  share: bytes === 0 ? share : Math.min(share, OF_A_ROUND / bytes),
  left: OF_A_ROUND,
  until,
});

/** Chooses each file with the probability of the share. */
export const chosen = <T>(files: readonly T[], { share }: Reading, random: () => number = Math.random): T[] =>
  files.filter(() => random() < share);
