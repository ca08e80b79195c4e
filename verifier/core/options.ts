import type { Head } from "./chain/head";
import type { Measured } from "./measure";
import type { How } from "./rows/how";
import type { Receipt } from "./shapes/receipt";

export interface Options {
  /** Keys from elsewhere than the checked place; null takes the ones beside the receipts. */
  keys: { text: string; from: string } | null;
  /** The ID of the only key that counts. */
  kid: string | null;
  /** A public key itself, in base64url. */
  publicKey: string | null;
  head: Head | null;
  /** Text of a file with the links of chains that are not among the objects. */
  chain: string | null;
  /** What keys begin with outside the checked place; null finds it. */
  root: string | null;
  /** Whether objects that no receipt names are fine. */
  allowExtra: boolean;
  /** Whether single receipts were given, and not all that is at some place: nothing is said about chain and extras. */
  isLoose: boolean;
  /** Whether not even their files are there. */
  onlyReceipts: boolean;
  /** Measures an object, possibly on another thread. */
  measure(name: string, how: How | null): Promise<Measured>;
  /** Objects to measure at the same time. */
  jobs: number;
  /** Asks the source of a receipt again; null doesn't. */
  askSource: ((receipt: Receipt) => Promise<{ rows: number; fingerprint: string }>) | null;
}

/** Smaller than the receipt of any window, and larger than what would fill the memory. */
export const LARGEST_STATEMENT = 256 * 2 ** 20;

/** What a check without any option does. */
export const NO_OPTIONS: Omit<Options, "measure"> = {
  keys: null,
  kid: null,
  publicKey: null,
  head: null,
  chain: null,
  root: null,
  allowExtra: false,
  isLoose: false,
  onlyReceipts: false,
  jobs: 1,
  askSource: null,
};
