import { sql } from "drizzle-orm";
import { canOpen, currentKeyPrint } from "@/lib/crypto/secrets";
import type { Db } from "@/lib/db/client";
import { installation } from "@/lib/db/schema";
import { getLogger } from "@/lib/services/logger";
import { SEALED_COLUMNS, type SealedColumn, type SealedRow } from "./sealed-columns";

/** Values opened per table and key: enough to tell a key from another one of the same name. */
const SAMPLE = 20;

/** Stored values that the server's keys can't open. */
export interface Lost {
  table: string;
  /** The key that they were sealed with, by its id. */
  key: string;
  values: number;
}

/**
 * Finds what was sealed with keys that are not in ENCRYPTION_KEYS, or with others of the same name, and whether anything
 * could be opened.
 */
export async function findLost(db: Db): Promise<{ lost: Lost[]; hasOpened: boolean }> {
  const lost: Lost[] = [];
  let hasOpened = false;
  for (const sealed of SEALED_COLUMNS) {
    const { table, column } = sealed;
    const name = sql.identifier(column);
    const { rows } = await db.execute<{ key: string; values: number }>(sql`
      select split_part(${name}, '.', 2) as key, count(*)::int as values from ${sql.identifier(table)}
      where ${name} <> '' group by 1 order by 1`);
    for (const { key, values } of rows)
      if (await opensSome(db, sealed, key)) hasOpened = true;
      else lost.push({ table, key, values });
  }
  return { lost, hasOpened };
}

async function opensSome(db: Db, { table, column, boundTo = [], aad }: SealedColumn, key: string): Promise<boolean> {
  const name = sql.identifier(column);
  const further = boundTo.map((each) => sql`, ${sql.identifier(each)}`);
  const { rows } = await db.execute<SealedRow & { value: string }>(sql`
    select id, ${name} as value ${sql.join(further, sql``)} from ${sql.identifier(table)}
    where split_part(${name}, '.', 2) = ${key} limit ${SAMPLE}`);
  return rows.some((row) => canOpen(row.value, aad(row)));
}

const FIXES: Record<string, { what: string; fix: string }> = {
  connections: { what: "connections", fix: "enter their secrets again" },
  alert_channels: { what: "alert channels", fix: "create them again" },
  mails: { what: "emails", fix: "they can't be sent" },
  signing_keys: { what: "keys that sign receipts", fix: "run npm run rotate-keys -- --new-signing-key" },
  projects: { what: "salts of hashed columns", fix: "set new ones under Settings, Projects" },
};

const wordsOf = ({ table, key, values }: Lost): string => {
  const { what, fix } = FIXES[table]!;
  return `${what} under the key ${key}: ${values} (${fix})`;
};

/**
 * Says at the start of a worker what its keys can't open, and what to do. Throws if they open nothing at all, unless an
 * operator has said that the earlier ones are lost: a mistaken key must not take over.
 */
export async function requireKeys(db: Db): Promise<void> {
  const { lost, hasOpened } = await findLost(db);
  if (lost.length === 0) return;
  const what = lost.map(wordsOf).join("; ");
  const [known] = await db.select({ print: installation.keysLostWith }).from(installation);
  if (!hasOpened && known?.print !== currentKeyPrint())
    throw new Error(
      `ENCRYPTION_KEYS can't decrypt anything that is stored. ${what}. Start with the previous keys. If they are lost, run npm run rotate-keys -- --keys-are-lost, then start again.`,
    );
  getLogger().error(
    { lost },
    `ENCRYPTION_KEYS can't decrypt everything that is stored. ${what}. If the old keys still exist, add them to ENCRYPTION_KEYS instead.`,
  );
}
