import type { TablesType } from "@/lib/destinations/catalog";
import type { CommitMode } from "@/lib/destinations/warehouse/settings";

/** A row as the suite compares it: texts, JSON as its text, times as ISO-8601 with microseconds, numbers as text. */
export type Row = Record<string, string | null>;

interface Common {
  /** How the tests are named: with "(a stand-in)" where it is one. */
  name: string;
  /** A stand-in is slow, and shows less than the real thing: `npm test` tries a sample of the cases with it. */
  isStandIn: boolean;
  /** Brings it up, empty, so that the connection may write into it. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** The connection as the API takes it, secret included. */
  config(): Record<string, unknown>;
  /** The settings of an export into a table, which may hold `{table_name}`. */
  destination(table: string, commitMode?: CommitMode): Record<string, unknown>;
  /** All rows of a table, in no order; [] where there is no such table. */
  rows(table: string): Promise<Row[]>;
  /** Names of what runs left there that readers don't see, like files of a stage, staging tables or files of no manifest. */
  leftovers(): Promise<string[]>;
  /** A connection that lacks a permission, and what the advice must name; undefined where a stand-in has no permissions. */
  weak?: { config(): Promise<Record<string, unknown>>; missing: string };
  /** A connection with a wrong password or key; undefined where a stand-in lets everybody in. */
  wrongConfig?(): Record<string, unknown>;
  /** Makes the next commit fail on its way, and whole again; undefined where that can't be done. */
  failingCommit?(table: string): Promise<() => Promise<void>>;
  /** Whether text may hold NUL; where it may not it is replaced by U+FFFD. */
  carriesNul: boolean;
  /** Whether numbers within JSON keep every digit beyond 2^53. */
  carriesBigIntegers: boolean;
}

/** A warehouse, whose tables take rows in. */
export interface TablesHarness extends Common {
  holds: "tables";
  type: TablesType;
  /** Runs a statement of the warehouse's own, as an administrator. */
  sql(statement: string): Promise<void>;
  /** Empties or removes what a run has staged, as a crash of the server does. */
  loseStaged(runId: string): Promise<void>;
  /** How names are written in its SQL, for the suite's own statements. */
  quoted(table: string): string;
  /** A statement that makes a table of this name whose column `timestamp` has a wrong type. */
  createWrong(table: string): string;
  /** A statement that makes a table of this name with columns whose types are others than ours, but hold the same. */
  createOther(table: string): string;
  /** A statement that makes a table of this name with the column `uuid` only. */
  createOld(table: string): string;
}

/** A bucket: a table is a folder, whose rows are those of the files that manifests name. */
export interface FilesHarness extends Common {
  holds: "files";
  type: "s3";
}

/** A destination to hold against the contract: the real thing, or a stand-in that says so in its name. */
export type Harness = TablesHarness | FilesHarness;
