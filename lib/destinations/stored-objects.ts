/** A stored object, as a listing or a HEAD shows it. */
export interface Held {
  etag: string;
  bytes: number;
}

/** An object in a listing. */
export interface Listed extends Held {
  key: string;
}

/** Some of the objects below a prefix, in the byte order of their keys. */
export interface ListedPage {
  objects: Listed[];
  /** Whether none follow. */
  isLast: boolean;
}

/** An object as looked at on its own. */
export interface Seen extends Held {
  /** The run that wrote it, by its metadata; null if that can't be read. */
  writer: Writer | null;
}

/** What an object's metadata says of the run that wrote it; null for what it doesn't say. */
export interface Writer {
  requestId: string | null;
  /** Objects of earlier versions name only their request. */
  exportId: string | null;
  /** A manifest's SHA-256, in hex; of another object, which attempt wrote it. */
  mark: string | null;
}

/** Why an object can't be read: `archived` if its storage class needs a restore first. */
export type Refusal = "refused" | "archived";

/** The bytes of a stored object. */
export interface Digest {
  sha256: string;
  bytes: number;
}

/** What a storage holds under some keys, and how that was found out; `no` if the credentials may not look. */
export interface Looked {
  how: "listing" | "head" | "no";
  found: ReadonlyMap<string, Held>;
}

/** An object to remove, as the ledger measured it. */
export interface Stale {
  key: string;
  /** Removed before the others: a manifest comes before the files that it names. */
  first: boolean;
  measured: Held | null;
}

/** The result: `foreign` is provably another's, `unproven` can't be inspected, `forbidden` can't be deleted. */
export type Removal = "removed" | "absent" | "foreign" | "unproven" | "forbidden";

/** A stored object's text. */
export interface StoredText {
  text: string;
  etag: string;
}
