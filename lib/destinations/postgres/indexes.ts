import { createHash } from "node:crypto";
import type { Client } from "pg";
import type { WarehouseTable } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { hashOf, quote } from "./sql";

/** An index that Penstock puts on a table. */
export interface Index {
  purpose: "window" | "key" | "person";
  method: "brin" | "btree";
  /** The SQL after `ON table`. */
  on: string;
  /** The earlier version's index, whose name began with the table's: kept, or replaced by this one. */
  formerly?: { name: string; columns: readonly string[]; isReplaced: boolean };
}

/** PostgreSQL truncates longer names, in bytes. */
const LONGEST_NAME = 63;

/**
 * Indexes for the rows of a window, which are counted and replaced by window, and for merge keys. A window's rows are
 * adjacent, so BRIN finds them, at less cost per insert than a B-tree (docs/decisions/0020). Text is indexed by a hash:
 * a B-tree takes no value over 2,704 bytes.
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

/** Found again by its purpose. The hash keeps it unique in the schema, even next to a renamed table's. */
export const indexName = ({ purpose }: Index, { bare }: Target, oid: string) =>
  `penstock_${purpose}_${createHash("sha256").update(`${bare} ${oid}`).digest("hex").slice(0, 16)}`;

export interface Found {
  name: string;
  method: string;
  /** Its column names if it is a plain index; otherwise empty. */
  columns: string[];
  isValid: boolean;
  /** Another session is building it right now. */
  isBeingMade: boolean;
}

/** Whether it is this index, valid or not. */
export const isSame = ({ purpose, method }: Index, found: Found) =>
  found.method === method && new RegExp(`^penstock_${purpose}_[0-9a-f]{16}$`).test(found.name);

export const isFormer = ({ method, formerly }: Index, found: Found) =>
  found.method === method && found.name === formerly?.name && found.columns.join() === formerly.columns.join();

/** The table's OID; null unless it is a plain table that the user may index. */
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

/** Creates Penstock's indexes on a table, within the transaction that creates it. */
export async function createIndexes(client: Client, target: Target): Promise<void> {
  const oid = await ownTable(client, target);
  if (oid === null) return;
  for (const index of indexesOf(target.table, target.bare))
    await client.query(`CREATE INDEX ${quote(indexName(index, target, oid))} ON ${target.name} ${index.on}`);
}
