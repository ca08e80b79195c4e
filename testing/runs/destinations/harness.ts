import type { TablesType } from "@/lib/destinations/catalog";
import type { CommitMode } from "@/lib/destinations/warehouse/settings";

/** A row as the suite compares it: text, JSON as text, times as ISO-8601 with microseconds, numbers as text. */
export type Row = Record<string, string | null>;

interface Common {
  /** The tests' name: ends in "(a stand-in)" for a stand-in. */
  name: string;
  /** Whether `npm test` runs a sample of its cases: a stand-in is slow and shows less than the real thing. */
  isSampled: boolean;
  /** Starts it empty, with write access for the connection. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** The connection as the API takes it, secret included. */
  config(): Record<string, unknown>;
  /** An export's settings for a table, whose name may contain `{table_name}`. */
  destination(table: string, commitMode?: CommitMode): Record<string, unknown>;
  /** All rows of a table, unordered; [] if it doesn't exist. */
  rows(table: string): Promise<Row[]>;
  /** Names of what runs left there unseen by readers: stage files, staging tables, or files without a manifest. */
  leftovers(): Promise<string[]>;
  /** A connection without a permission, and what the advice must name; undefined for a stand-in without permissions. */
  weak?: { config(): Promise<Record<string, unknown>>; missing: string };
  /** A connection with a wrong password or key; undefined if a stand-in accepts any. */
  wrongConfig?(): Record<string, unknown>;
  /** Makes the next commit fail midway; the result undoes this. Undefined if unsupported. */
  failingCommit?(table: string): Promise<() => Promise<void>>;
  /** Whether text may hold NUL; otherwise U+FFFD replaces it. */
  carriesNul: boolean;
  /** Whether numbers in JSON keep every digit beyond 2^53. */
  carriesBigIntegers: boolean;
}

/** A database, schema, or dataset of its own, for one connection. */
export interface Holder {
  config: object;
  drop(): Promise<void>;
}

/** A warehouse, which loads rows into tables. */
export interface TablesHarness extends Common {
  holds: "tables";
  type: TablesType;
  /** Runs a native statement as an administrator. */
  sql(statement: string): Promise<void>;
  /** Empties or removes a run's staged rows, as a server crash does. */
  loseStaged(runId: string): Promise<void>;
  /** Quotes a name for the suite's own SQL. */
  quoted(table: string): string;
  /** A statement that creates a table of this name with a wrong type for `timestamp`. */
  createWrong(table: string): string;
  /** A statement that creates a table of this name whose column types differ from ours but hold the same. */
  createOther(table: string): string;
  /** What holds tables and may be lost with them, by what it is called; empty if a stand-in has no such thing. */
  holders: Record<string, () => Promise<Holder>>;
  /** A statement that creates a table of this name with only the column `uuid`. */
  createOld(table: string): string;
}

/** A bucket: a table is a folder; its rows are in the files that manifests name. */
export interface FilesHarness extends Common {
  holds: "files";
  type: "s3";
}

/** A destination to test against the contract: the real thing, or a stand-in named as such. */
export type Harness = TablesHarness | FilesHarness;
