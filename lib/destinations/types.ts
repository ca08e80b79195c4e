import type { Readable } from "node:stream";
import type { VerifyResult } from "@/lib/fields/verification";
import type { CommittedTable, StoredEncryption } from "../fields/receipt";
import type { ModelName } from "../rows/tables/registry";
import type { Window } from "../windows/types";
import type { MarkerStore } from "./files/marker";

/** Whose objects a run may replace and remove: those that runs of its own window wrote. */
export interface Owner {
  exportId: string;
  /** The request ids of every run of the window, the present one's among them. */
  requestIds: ReadonlySet<string>;
}

/** What a storage holds under a key, as a listing or a HEAD shows it. */
export interface Held {
  etag: string;
  bytes: number;
}

export interface StoredAs {
  /** Names the try that writes the object, so that its own repeated request is recognized. */
  mark: string;
  /** Set where the object may replace an earlier one of its own window; else the key has to be free. */
  replaces: Owner | null;
  /** Whether the ledger knows that a run of the window has sent an object under the key: proof enough where metadata can't be read. */
  known: boolean;
  /** Called right before the object is stored. Throws when the run may not store it any more. */
  fence(): Promise<void>;
}

export interface PutFile {
  key: string;
  /** Which of the export's tables its rows are of. */
  table: string;
  body: Readable;
  /** How many bytes the body has, where that is known before: it needs no more memory than that. */
  size?: number;
  contentType: string;
  /** Under which conditions an object is stored. Left out, its key has to be free. */
  as?: StoredAs;
  /** To be called with a chunk of the body that was copied and is not read any more; calling it is no duty. */
  onCopied?: (chunk: Buffer) => void;
}

/** What a storage answered for a file that it holds. */
export interface Stored {
  etag: string;
  /** How it says that it encrypts the file; null where it says nothing of it. */
  encryption: StoredEncryption | null;
}

/** The object that readers of a bucket take as the sign that a window is complete, and the empty marks that follow it. */
export interface Manifest {
  key: string;
  text: string;
  markers: string[];
  /** The ETag of the manifest that it replaces, where the ledger knows one. */
  replaces: string | null;
  owner: Owner;
  /** Whether an earlier run of the window put its manifest under the same key. */
  known: boolean;
}

/** What is committed: all files of a run, which are at the destination by now. */
export interface Commit {
  files: { key: string; table: string; rows: number }[];
  /** The tables that the run fills, also those without a file. */
  tables: string[];
  /** Null for a warehouse. */
  manifest: Manifest | null;
}

export interface Committed {
  /** Of a warehouse: what its tables hold of this window now, and what the load said. */
  tables: CommittedTable[];
  /** Of a storage: the manifest as it holds it. */
  manifest: Held | null;
}

/** What a storage holds under some keys, and how that was found out; `no` where the credentials may not look. */
export interface Looked {
  how: "listing" | "head" | "no";
  found: ReadonlyMap<string, Held>;
}

/** An object to remove, with what the ledger measured of it. */
export interface Stale {
  key: string;
  /** Removed before the others: a manifest goes before the files that it names. */
  first: boolean;
  measured: Held | null;
}

/** What became of it: `foreign` proves to be another's, `unproven` can't be looked at, `forbidden` can't be deleted. */
export type Removal = "removed" | "absent" | "foreign" | "unproven" | "forbidden";

/** What only a storage of objects can do. */
export interface ObjectStore {
  look(keys: readonly string[]): Promise<Looked>;
  /** Removes what proves to be the owner's, and nothing else. */
  remove(objects: readonly Stale[], owner: Owner): Promise<Map<string, Removal>>;
  /** Aborts uploads in parts under these keys, as far as the credentials allow. Answers with how many. */
  abortUploads(keys: ReadonlySet<string>): Promise<number>;
}

/** Which of these runs are known to the ledger, as runs of the same organization, and have ended. */
export type EndedRuns = (runIds: string[]) => Promise<ReadonlySet<string>>;

/** A destination that a run writes to. Every method throws an `ExportError` that tells final from retryable. */
export interface OpenDestination {
  /** Once the run is planned: makes what is missing, and puts away what runs that have ended left; nobody else's. */
  prepare(tables: string[], ended: EndedRuns): Promise<void>;
  /** Takes one file, whole or not at all, in constant memory. */
  putFile(file: PutFile, signal: AbortSignal): Promise<Stored>;
  /** The atomic end of a run: readers see all of it or nothing. Done twice, it does the same. */
  commit(commit: Commit): Promise<Committed>;
  /** Puts away what a run that failed or was cancelled has left. */
  abort(): Promise<void>;
  close(): Promise<void>;
  /** Null for a warehouse. */
  objects: ObjectStore | null;
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

/** What a verification found out about a service, which later requests go by. Kept with the connection. */
export interface Capabilities {
  /** Whether a storage takes CRC32 headers with uploads. */
  checksums: boolean;
}

/** The steps of a verification, with what it found out; `capabilities` is left out where it found out nothing. */
export interface Verified extends VerifyResult {
  capabilities?: Capabilities;
}

/** A connection as its destination sees it. */
export interface Connected<Config, Secret> {
  config: Config;
  /** Null or left out where no verification has found anything out. */
  capabilities?: Capabilities | null;
  secret: Secret;
  /** Whose it is: some private hosts are allowed to one organization only. */
  organizationId?: string;
  /** The organization's own: what a role that lets Penstock in must ask for. */
  externalId: string;
}

/** What is asked of a connection: an export through it; of no model where there is none yet. */
export interface Asked<Settings> {
  model: ModelName | null;
  destination: Settings;
}

/** A connection's settings with what was given. */
export interface MergedConfig<Config, Secret> {
  config: Config;
  /** The new secret; undefined if the stored one stays. */
  secret: Secret | undefined;
  /** Whether the connection now leads elsewhere, or signs in as somebody else. */
  moved: boolean;
  /** Names of secrets that stay as they are stored. */
  carried: string[];
  /** What is wrong with the result, by field. */
  problems: { path: string; message: string }[];
}

/** One type of destination: self-contained, known to the others only through the registry. */
export interface DestinationKind<Config, Secret, Settings> {
  /** Tries all that these exports need; without any, what every export needs. */
  verify(connection: Connected<Config, Secret>, asked: Asked<Settings>[]): Promise<Verified>;
  open(connection: Connected<Config, Secret>, settings: Settings, run: RunTag): OpenDestination;
  /** The addresses that a user set, by the field of the settings that holds them. */
  addresses(config: Config): { field: string; url: string }[];
  /** What this installation lacks for the settings, by the field that asks for it. */
  lacks?(config: Config): { field: string; message: string } | null;
  /** Combines stored settings with what was given, if the type has rules other than that what is given replaces what is stored. */
  merge?(stored: { config: Config; hasSecret: boolean }, given: Partial<Config & Secret>): MergedConfig<Config, Secret>;
  /** Opens the bucket for the marks of claims, written as an export with these settings writes; null is an export with no choice made. */
  markers?(connection: Connected<Config, Secret>, settings: Settings | null): MarkerStore;
  /** What an administrator pastes so that Penstock may do what it needs, and no more. */
  setupScript?(config: Config): string;
}
