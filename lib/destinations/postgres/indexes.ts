import { createHash } from "node:crypto";
import type { Client } from "pg";
import type { WarehouseTable } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { hashOf, quote } from "./sql";

/** An index that Penstock puts on a table. */
export interface Index {
  purpose: "window" | "key" | "person";
  method: "brin" | "btree";
  /** What follows `ON table`. */
  on: string;
  /** The one of earlier versions, whose name began with the table's: it stays, or is replaced by this one. */
  formerly?: { name: string; columns: readonly string[]; isReplaced: boolean };
}

/** PostgreSQL cuts longer names short, in bytes. */
const LONGEST_NAME = 63;

/**
 * For the rows of a window, which are counted and replaced by it, and for the keys that are merged by. A window's rows lie side
 * by side, so that BRIN finds them, and it costs less than a B-tree while rows are put in (docs/decisions/0020). Texts are indexed
 * by a hash: a B-tree takes no value of more than 2,704 bytes.
 */
export function indexesOf({ columns, mergeBy }: WarehouseTable, bare: string): Index[] {
  const former = (end: string) => `${bare}${end}`.slice(0, LONGEST_NAME);
  const window: Index = {
    purpose: "window",
    method: "brin",
    on: "USING brin (_export_id, _interval_start) WITH (autosummarize = on)",
    formerly: { name: former("_penstock_window"), columns: ["_export_id", "_interval_start"], isReplaced: false },
  };
  if (!mergeBy) return [window];
  const isText = (name: string) => columns.some((column) => column.name === name && column.kind === "text");
  const by = (names: readonly string[]) =>
    `(${names.map((name) => (isText(name) ? hashOf(quote(name)) : quote(name))).join(", ")})`;
  const formerKey = { name: former("_penstock_key"), columns: mergeBy.key, isReplaced: true };
  return [
    window,
    { purpose: "key", method: "btree", on: by(mergeBy.key), formerly: formerKey },
    { purpose: "person", method: "btree", on: by(mergeBy.owner) },
  ];
}

/** Found again by its purpose; the hash is there because names are unique in a schema, also beside a table that was renamed. */
export const indexName = ({ purpose }: Index, { bare }: Target, oid: string) =>
  `penstock_${purpose}_${createHash("sha256").update(`${bare} ${oid}`).digest("hex").slice(0, 16)}`;

export interface Found {
  name: string;
  method: string;
  /** Names of its columns where it is a plain index on nothing else. */
  columns: string[];
  isValid: boolean;
  /** Another session is making it right now. */
  isBeingMade: boolean;
}

/** Whether it is this index, be it whole or not. */
export const isSame = ({ purpose, method }: Index, found: Found) =>
  found.method === method && new RegExp(`^penstock_${purpose}_[0-9a-f]{16}$`).test(found.name);

export const isFormer = ({ method, formerly }: Index, found: Found) =>
  found.method === method && found.name === formerly?.name && found.columns.join() === formerly.columns.join();

/** The table's id; null unless it is a plain table that the user may put an index on. */
export async function ownTable(client: Client, { name }: Target): Promise<string | null> {
  const { rows } = await client.query<{ oid: string }>(
    `SELECT oid::text AS oid FROM pg_class
     WHERE oid = to_regclass($1) AND relkind = 'r' AND pg_has_role(relowner, 'USAGE')`,
    [name],
  );
  return rows[0]?.oid ?? null;
}

export async function indexesOn(client: Client, oid: string): Promise<Found[]> {
  const { rows } = await client.query<Found>(
    `SELECT c.relname AS name, a.amname AS method, i.indisvalid AS "isValid", ARRAY(
       SELECT t.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
       JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = k.number
       WHERE NOT i.indisunique AND i.indpred IS NULL AND 0 <> ALL (i.indkey) ORDER BY k.place
     ) AS columns, EXISTS (
       SELECT 1 FROM pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid
     ) AS "isBeingMade"
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
     WHERE i.indrelid = $1::oid`,
    [oid],
  );
  return rows;
}

/** Puts Penstock's indexes on a table, within the transaction that makes it. */
export async function createIndexes(client: Client, target: Target): Promise<void> {
  const oid = await ownTable(client, target);
  if (oid === null) return;
  for (const index of indexesOf(target.table, target.bare))
    await client.query(`CREATE INDEX ${quote(indexName(index, target, oid))} ON ${target.name} ${index.on}`);
}
