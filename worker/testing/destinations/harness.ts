import type { DestinationType } from "@/lib/destinations/catalog";

/** A row of a warehouse's table as the suite compares it: texts, JSON as its text, times as ISO-8601 with microseconds, numbers as text. */
export type WarehouseRow = Record<string, string | null>;

/** A warehouse to hold against the contract: the real thing, or a stand-in that says so in its name. */
export interface Harness {
  /** How the tests are named: with "(a stand-in)" where it is one. */
  name: string;
  type: Exclude<DestinationType, "s3">;
  /** Brings it up with an empty schema that the connection may write into. */
  open(): Promise<void>;
  close(): Promise<void>;
  /** The connection as the API takes it, secret included. */
  config(): Record<string, unknown>;
  /** All rows of a table, in no order; [] where there is no such table. */
  rows(table: string): Promise<WarehouseRow[]>;
  /** Runs a statement of the warehouse's own, as an administrator. */
  sql(statement: string): Promise<void>;
  /** Names of what runs stage, like files of a stage or staging tables, that are there now. */
  leftovers(): Promise<string[]>;
  /** How names are written in its SQL, for the suite's own statements. */
  quoted(table: string): string;
  /** A statement that makes a table of this name whose column `timestamp` has a wrong type. */
  createWrong(table: string): string;
  /** A statement that makes a table of this name with the column `uuid` only. */
  createOld(table: string): string;
  /** A connection that lacks the permission to make tables; undefined where a stand-in has no permissions. */
  weakConfig?(): Promise<Record<string, unknown>>;
  /** A connection with a wrong password or key; undefined where a stand-in lets everybody in. */
  wrongConfig?(): Record<string, unknown>;
  /** Makes the next commit fail on its way, and whole again; undefined where that can't be done. */
  failingCommit?(table: string): Promise<() => Promise<void>>;
  /** Whether text may hold NUL; where it may not it is replaced by U+FFFD. */
  carriesNul: boolean;
  /** Whether numbers within JSON keep every digit beyond 2^53. */
  carriesBigIntegers: boolean;
}
