import type { Readable } from "node:stream";
import type { VerifyResult } from "../schemas/connection";
import type { StoredEncryption } from "../schemas/receipt";

export interface PutFile {
  key: string;
  body: Readable;
  contentType: string;
}

/** What a storage answered for a file that it holds. */
export interface Stored {
  etag: string;
  /** How it says that it encrypts the file; null where it says nothing of it. */
  encryption: StoredEncryption | null;
}

/** A destination that a run writes to. Every method throws an `ExportError` that tells final from retryable. */
export interface OpenDestination {
  /** Writes one file under its key, whole or not at all, in constant memory; the same key is replaced. */
  putFile(file: PutFile, signal: AbortSignal): Promise<Stored>;
  /** The atomic end of a run: what readers take as the sign that the window is complete; then the markers, empty files. */
  commit(manifest: { key: string; text: string; markers: string[] }): Promise<void>;
  /** Removes files of an earlier plan; answers with those it was not allowed to remove. */
  remove(keys: string[]): Promise<{ kept: string[] }>;
  close(): void;
}

/** What a run tells its destination about itself, so that its objects can be traced back to it. */
export interface RunTag {
  requestId: string;
}

/** A connection as its destination sees it. */
export interface Connected<Config, Secret> {
  config: Config;
  secret: Secret;
  /** The organization's own: what a role that lets Penstock in must ask for. */
  externalId: string;
}

/** One kind of destination: self-contained, known to the others only through the registry. */
export interface DestinationKind<Config, Secret, Settings> {
  /** Tries all that exports with these settings need; without any, what every export needs. */
  verify(connection: Connected<Config, Secret>, settings: Settings[]): Promise<VerifyResult>;
  open(connection: Connected<Config, Secret>, settings: Settings, run: RunTag): OpenDestination;
}
