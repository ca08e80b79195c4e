import type { Link, Receipt1, Receipt2, VoidLink } from "./shapes/receipt";
import { isReceipt2, isVoid, type Read } from "./statement";

/** What is kept of a receipt or a void link: a receipt itself may list many thousands of files. */
export interface Summary {
  /** The object that it was read from. */
  name: string;
  version: 1 | 2;
  hash: string;
  bytesHash: string;
  exportId: string;
  runId: string;
  /** Null for a void link. */
  window: { start: string; end: string } | null;
  /** Keys of some of its files. */
  keys: string[];
  /** The connection's prefix; null if it is not known or not a bucket. */
  prefix: string | null;
  /** Null for version 1. */
  link: LinkSummary | null;
}

interface LinkSummary extends Pick<Receipt2, "sequence" | "previous" | "committedAt" | "genesis" | "supersedes"> {
  voids: VoidLink["voids"] | null;
  /** Null for a void link. */
  chain: Receipt2["chain"] | null;
}

/** Enough to find where the folder begins. */
const KEYS = 3;

export function summaryOf(name: string, { document, hash, bytesHash }: Read<Receipt1 | Link>): Summary {
  const { exportId, runId, version } = document;
  const base = { name, version, hash, bytesHash, exportId, runId };
  if (isVoid(document)) {
    const { sequence, previous, committedAt, voids } = document;
    const link = { sequence, previous, committedAt, voids, supersedes: null, chain: null };
    return { ...base, window: null, keys: [], prefix: null, link };
  }
  const window = { start: document.intervalStart, end: document.intervalEnd };
  const keys = document.files.slice(0, KEYS).map(({ key }) => key);
  if (!isReceipt2(document)) return { ...base, window, keys, prefix: null, link: null };
  const { sequence, previous, committedAt, genesis, supersedes, chain, location } = document;
  const link = { sequence, previous, committedAt, ...(genesis && { genesis }), supersedes, chain, voids: null };
  return { ...base, window, keys, prefix: "prefix" in location ? location.prefix : null, link };
}
