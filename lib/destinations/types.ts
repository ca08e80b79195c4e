import type { Cost } from "@/lib/fields/cost";
import type { VerifyResult } from "@/lib/fields/verification";
import type { CommittedTable, Replacements } from "../fields/receipt";
import type { ModelName } from "../rows/tables/registry";
import type { Window } from "../windows/types";
import type { MarkerStore } from "./files/marker";
import type { Digest, Held, ListedPage, Looked, Refusal, Removal, Seen, Stale, StoredText } from "./stored-objects";
import type { Owner, PartForm, PutFile, Stored } from "./upload-types";

/**
 * The object that readers of a bucket take as the sign that a window is complete, and the empty markers that follow.
 */
export interface Manifest {
  key: string;
  text: string;
  markers: string[];
  /** The ETag of the manifest that it replaces, if the ledger knows one. */
  replaces: string | null;
  owner: Owner;
  /** Whether an earlier run of the window put its manifest under the same key. */
  known: boolean;
  /** Called before it replaces an object of the window's runs. Throws if the run may no longer commit it. */
  confirm(): Promise<void>;
}

/** All files of a run, already at the destination. */
export interface Commit {
  files: { key: string; table: string; rows: number }[];
  /** The tables that the run fills, including those without a file. */
  tables: string[];
  /** Whether the ledger knows no other run of a window that starts within this one; missing if it wasn't asked. */
  isFirst?: boolean;
  /** Null for a warehouse. */
  manifest: Manifest | null;
}

export interface Committed {
  /** For a warehouse: the window's rows in its tables, and the result of the load. */
  tables: CommittedTable[];
  /**
   * Values that the warehouse could not take as the files hold them: missing if it takes all, null if this isn't known,
   * because an earlier try committed and its answer was lost.
   */
  replacements?: Replacements | null;
  /** For a storage: the manifest as stored. */
  manifest: Held | null;
}

/** Operations that only object storage has. */
export interface ObjectStore {
  look(keys: readonly string[]): Promise<Looked>;
  /** Lists a page of the keys below a prefix, from the first one after `after` on. */
  list(prefix: string, after: string): Promise<ListedPage>;
  /** Looks at one object. Null if there is none; `refused` if it can't be looked at. */
  see(key: string): Promise<Seen | "refused" | null>;
  /** Reads an object to its end. Null if there is none; a refusal if it can't be read. */
  digest(key: string, signal: AbortSignal): Promise<Digest | Refusal | null>;
  /** Reads a text of at most `most` bytes. Null if there is none; a refusal if it can't be read. */
  read(key: string, most: number): Promise<StoredText | Refusal | null>;
  /** Removes only what proves to be the owner's. */
  remove(objects: readonly Stale[], owner: Owner): Promise<Map<string, Removal>>;
  /** Stores a text that never changes under its key. Succeeds if the object is there already. */
  keep(object: { key: string; text: string }): Promise<void>;
  /**
   * Changes a text that several exports maintain; `change` gets the stored one, or null, and returns null to leave it.
   */
  share(key: string, change: (stored: string | null) => string | null): Promise<void>;
  parts: PartForm;
  /** Whether a multipart upload still exists; null if the storage doesn't tell. */
  hasUpload(key: string, id: string, signal: AbortSignal): Promise<boolean | null>;
  /** Aborts one multipart upload, if it still exists and as far as the credentials allow. */
  abortUpload(key: string, id: string): Promise<void>;
  /** Aborts multipart uploads under these keys, as far as the credentials allow. Returns their number. */
  abortUploads(keys: ReadonlySet<string>): Promise<number>;
}

/** How many rows a table holds of one run and window. */
export interface CountedRun {
  runId: string;
  window: Window;
  rows: number;
}

/** A table that is no longer there. */
export interface TableGone {
  /** What is not there, as a sentence: the table, or what held it. */
  gone: string;
}

/** Operations that only warehouses have. */
export interface TableStore {
  /**
   * Counts an export's rows in one of its tables, of windows that start in a range. Only reads. Ends the query with the
   * signal.
   */
  count(table: string, range: Window, signal: AbortSignal): Promise<CountedRun[] | TableGone>;
}

/** Returns those of the runs that the ledger knows in the same organization, and that have ended. */
export type EndedRuns = (runIds: string[]) => Promise<ReadonlySet<string>>;

/** A destination that a run writes to. Every method throws an `ExportError` that is final or retryable. */
export interface OpenDestination {
  /** Called once the run is planned. Creates what is missing, and removes what ended runs left, nobody else's. */
  prepare(tables: string[], ended: EndedRuns): Promise<void>;
  /** Takes one file, whole or not at all, in constant memory. */
  putFile(file: PutFile, signal: AbortSignal): Promise<Stored>;
  /** The atomic end of a run: readers see all of it or nothing. Idempotent. */
  commit(commit: Commit): Promise<Committed>;
  /** Removes what a failed or canceled run left. */
  abort(): Promise<void>;
  close(): Promise<void>;
  /** Null for a warehouse. */
  objects: ObjectStore | null;
  /** Null for a storage. */
  tables: TableStore | null;
}

/** Identifies a run to its destination, so that its writes can be traced back to it. */
export interface RunTag {
  id: string;
  requestId: string;
  exportId: string;
  /** The source project of its rows. */
  sourceProjectId: number;
  window: Window;
  /** When the run was requested: the same for every attempt at its files. */
  exportedAt: Date;
  /** Orders the runs of a window: a warehouse that has committed one refuses lower numbers. */
  fence: number;
}

/** What a verification learned about a service, for later requests. Stored with the connection. */
export interface Capabilities {
  /** Whether a storage takes CRC32 headers on uploads. */
  checksums: boolean;
}

/** The steps of a verification, with what it learned; `capabilities` is missing if it learned nothing. */
export interface Verified extends VerifyResult {
  capabilities?: Capabilities;
}

/** A connection as its destination sees it. */
export interface Connected<Config, Secret> {
  config: Config;
  /** Null or missing if no verification has learned anything. */
  capabilities?: Capabilities | null;
  secret: Secret;
  /** Its owner: some private hosts are allowed to one organization only. */
  organizationId?: string;
  /** The organization's own: a role that admits Penstock must require it. */
  externalId: string;
}

/** An export through a connection; `model` is null if there is none yet. */
export interface Asked<Settings> {
  model: ModelName | null;
  destination: Settings;
}

/** What an export is expected to do, by its newest windows. */
export interface Expected {
  /** A run's bytes before compression. */
  bytes: number;
  /** Runs in a month; null for an export that runs once. */
  runs: number | null;
}

/** A connection's settings with changes. */
export interface MergedConfig<Config, Secret> {
  config: Config;
  /** The new secret; undefined if the stored one stays. */
  secret: Secret | undefined;
  /** Whether the connection now leads elsewhere, or signs in as someone else. */
  moved: boolean;
  /** Names of secrets that keep their stored values. */
  carried: string[];
  /** Problems with the result, by field. */
  problems: { path: string; message: string }[];
}

/** One type of destination: self-contained, known to others only through the registry. */
export interface DestinationKind<Config, Secret, Settings> {
  /** Tries all that these exports need; without any, what every export needs. */
  verify(connection: Connected<Config, Secret>, asked: Asked<Settings>[]): Promise<Verified>;
  open(connection: Connected<Config, Secret>, settings: Settings, run: RunTag): OpenDestination;
  /** User-defined addresses, by the field of the settings that holds them. */
  addresses(config: Config): { field: string; url: string }[];
  /** What this installation lacks for the settings, by the field that needs it. */
  lacks?(config: Config): { field: string; message: string } | null;
  /** Merges given settings into stored ones, if the type has other rules than that given values replace stored ones. */
  merge?(stored: { config: Config; hasSecret: boolean }, given: Partial<Config & Secret>): MergedConfig<Config, Secret>;
  /**
   * Opens the bucket for claim markers, written as an export with these settings writes; null means an export with
   * defaults.
   */
  markers?(connection: Connected<Config, Secret>, settings: Settings | null): MarkerStore;
  /** What the warehouse is expected to bill for what runs read. Never throws. Missing if it bills by time, or not at all. */
  cost?(
    connection: Connected<Config, Secret>,
    asked: Asked<Settings>,
    expected: Expected,
    signal: AbortSignal,
  ): Promise<Cost>;
  /** What an administrator pastes to grant Penstock what it needs, and no more. */
  setupScript?(config: Config): string;
}
