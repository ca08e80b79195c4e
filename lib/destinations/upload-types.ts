import type { Readable } from "node:stream";
import type { StoredEncryption } from "../fields/receipt";

/** The owner of objects that a run may replace and remove: the runs of its window. */
export interface Owner {
  exportId: string;
  /** The request ids of all runs of the window, including the current one. */
  requestIds: ReadonlySet<string>;
  /** Whether runs of the window may be forgotten, as after a restore of the ledger: then the export's name is proof. */
  isForgetful?: boolean;
}

export interface StoredAs {
  /** Names the attempt that writes the object, so that its repeated request is recognized. */
  mark: string;
  /** Set if the object may replace an earlier one of its own window; otherwise the key must be free. */
  replaces: Owner | null;
  /**
   * Whether the ledger knows that a run of the window sent an object under the key: enough proof if metadata can't be
   * read.
   */
  known: boolean;
  /** Called right before the object is stored. Throws if the run may no longer store it. */
  fence(): Promise<void>;
}

/** How a storage takes files in parts. An upload is continued the same way or not at all. */
export interface PartForm {
  /** Size of every part but the last. */
  bytes: number;
  /** Whether parts carry checksums. */
  checksums: boolean;
}

/** A part that the storage has. */
export interface UploadedPart {
  number: number;
  etag: string;
  crc32: string | null;
  /** SHA-256, in hex, of the file from its beginning to the end of this part. */
  sha256: string;
}

/** An upload in parts. */
export interface BegunUpload {
  /** The storage's id. */
  id: string;
  /** The mark of the attempt that began it. */
  mark: string;
  encryption: StoredEncryption | null;
}

/** What lets a later attempt continue where this one ends. */
export interface Resume {
  /** What an earlier attempt has left: parts that are still the same are not sent again. Null begins an upload. */
  left: (BegunUpload & { parts: readonly UploadedPart[] }) | null;
  /** SHA-256 of the file's first bytes, at the end of each part of full size. */
  sha256At(bytes: number): string | undefined;
  onBegun(upload: BegunUpload): void;
  onStored(part: UploadedPart): void;
}

export interface PutFile {
  key: string;
  /** The export's table that its rows belong to. */
  table: string;
  body: Readable;
  /** The body's size in bytes, if known in advance: it then needs no more memory. */
  size?: number;
  contentType: string;
  /** Conditions for storing the object. If left out, its key must be free. */
  as?: StoredAs;
  /**
   * For a storage that takes parts. On failure, the upload is left as it is for the caller, who continues it later or
   * aborts it.
   */
  resume?: Resume | undefined;
  /** May be called with a chunk of the body once it is copied and no longer read. */
  onCopied?: (chunk: Buffer) => void;
}

/** A storage's answer for a stored file. */
export interface Stored {
  etag: string;
  /** The encryption that it reports; null if it reports none. */
  encryption: StoredEncryption | null;
}
