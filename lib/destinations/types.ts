import type { Readable } from "node:stream";
import type { VerifyResult } from "../schemas/connection";
import type { CommittedTable, StoredEncryption } from "../schemas/receipt";
import type { Window } from "../windows/types";

export interface PutFile {
  key: string;
  /** Which of the export's tables its rows are of. */
  table: string;
  body: Readable;
  contentType: string;
  /** To be called with a chunk of the body that was copied and is not read any more; calling it is no duty. */
  onCopied?: (chunk: Buffer) => void;
}

/** What a storage answered for a file that it holds. */
export interface Stored {
  etag: string;
  /** How it says that it encrypts the file; null where it says nothing of it. */
  encryption: StoredEncryption | null;
}

/** What is committed: all files of a run, which lie there by now. */
export interface Commit {
  files: { key: string; table: string; rows: number }[];
  /** The tables that the run fills, also those without a file. */
  tables: string[];
  /** Files that earlier plans and runs of the same window left, and that this one lacks. */
  stale: string[];
  /** What readers of a bucket take as the sign that the window is complete, then empty marks. Null for a warehouse. */
  manifest: { key: string; text: string; markers: string[] } | null;
}

export interface Committed {
  /** Stale files that it was not allowed to remove. */
  kept: string[];
  /** Of a warehouse: what its tables hold of this window now, and what the load said. */
  tables: CommittedTable[];
}

/** Which of these runs are known to the ledger, as runs of the same organization, and have ended. */
export type EndedRuns = (runIds: string[]) => Promise<ReadonlySet<string>>;

/** A destination that a run writes to. Every method throws an `ExportError` that tells final from retryable. */
export interface OpenDestination {
  /** Once the run is planned: makes what is missing, and puts away what runs that have ended left; nobody else's. */
  prepare(tables: string[], ended: EndedRuns): Promise<void>;
  /** Takes one file, whole or not at all, in constant memory; the same key is replaced. */
  putFile(file: PutFile, signal: AbortSignal): Promise<Stored>;
  /** The atomic end of a run: readers see all of it or nothing. Done twice, it does the same. */
  commit(commit: Commit): Promise<Committed>;
  /** Puts away what a run that failed or was cancelled has left. */
  abort(): Promise<void>;
  close(): Promise<void>;
}

/** What a run tells its destination about itself, so that what it writes can be traced back to it. */
export interface RunTag {
  id: string;
  requestId: string;
  exportId: string;
  /** Which project of the source its rows are of. */
  sourceProjectId: number;
  window: Window;
  /** When the run was asked for: the same for every attempt at its files. */
  exportedAt: Date;
  /** Orders the runs of a window: a warehouse that has committed one refuses those with a lower number. */
  fence: number;
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
  /** The addresses that a user set, by the field of the settings that holds them. */
  addresses(config: Config): { field: string; url: string }[];
  /** What to paste into the warehouse so that Penstock may do what it needs, and no more. */
  setupScript?(config: Config): string;
}
