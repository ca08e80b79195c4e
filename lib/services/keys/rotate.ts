import { sql } from "drizzle-orm";
import { currentKeyId } from "@/lib/crypto/secrets";
import { getDb } from "@/lib/db/client";
import { rotateSigningKey } from "@/lib/services/signing";
import { keysOfOpenWorkflows, rotateSchedules } from "@/lib/temporal/payload-keys";
import { type Rotated, rotateStored } from "./rotate-stored";
import { SEALED_COLUMNS } from "./sealed-columns";

/** How many stored values, schedules, and open workflows still need a key. */
export interface KeyUse {
  key: string;
  stored: number;
  schedules: number;
  openWorkflows: number;
}

export interface Rotation {
  currentId: string;
  /** Whether receipts are signed with a new key from now on. */
  hasNewSigningKey: boolean;
  stored: Rotated[];
  schedules: Rotated;
  uses: KeyUse[];
}

/**
 * Moves all encrypted data to the current key, and reports where other keys are still needed. If the current key is new,
 * or on request, receipts get a new signing key as well.
 */
export async function rotateKeys({ newSigningKey = false } = {}): Promise<Rotation> {
  const currentId = currentKeyId();
  // First, while the key that sealed the old one still tells a rotation from a repeated call.
  const hasNewSigningKey = await rotateSigningKey(getDb(), { always: newSigningKey });
  const stored: Rotated[] = [];
  for (const column of SEALED_COLUMNS) stored.push(await rotateStored(getDb(), column));
  const { rewritten, failures, keys } = await rotateSchedules(currentId);
  const [storedKeys, openWorkflows] = [await keysOfStored(), await keysOfOpenWorkflows()];
  const ids = new Set([currentId, ...storedKeys.keys(), ...keys.keys(), ...openWorkflows.keys()]);
  const uses = [...ids].map((key) => ({
    key,
    stored: storedKeys.get(key) ?? 0,
    schedules: keys.get(key) ?? 0,
    openWorkflows: openWorkflows.get(key) ?? 0,
  }));
  return {
    currentId,
    hasNewSigningKey,
    stored,
    schedules: { table: "schedules", resealed: rewritten, failures },
    uses,
  };
}

async function keysOfStored(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { table, column } of SEALED_COLUMNS) {
    const { rows } = await getDb().execute<{ key: string; count: string }>(sql`
      select split_part(${sql.identifier(column)}, '.', 2) as key, count(*) from ${sql.identifier(table)}
      where ${sql.identifier(column)} <> '' group by 1`);
    for (const { key, count } of rows) counts.set(key, (counts.get(key) ?? 0) + Number(count));
  }
  return counts;
}
