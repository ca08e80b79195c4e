import { sql } from "drizzle-orm";
import { currentKeyPrint } from "@/lib/crypto/secrets";
import { installation } from "@/lib/db/schema";
import type { Dependencies } from "@/lib/services/dependencies";
import { rotateSigningKey } from "@/lib/services/signing";
import { endUnreadable, removeUnreadable } from "@/lib/temporal/unreadable";

export interface GivenUp {
  workflows: number;
  schedules: number;
}

/**
 * Goes on without keys that are lost: ends workflows and removes schedules that nobody can read, signs receipts with a
 * new key, and lets workers start under the current encryption key. Stored values stay, should the keys be found.
 */
export async function giveUpKeys({ db, temporal }: Pick<Dependencies, "db" | "temporal">): Promise<GivenUp> {
  const schedules = await removeUnreadable(temporal);
  const workflows = await endUnreadable(temporal);
  await rotateSigningKey(db, { always: true });
  const keysLostWith = currentKeyPrint();
  await db
    .insert(installation)
    .values({ keysLostWith })
    .onConflictDoUpdate({ target: installation.one, set: { keysLostWith: sql`excluded.keys_lost_with` } });
  return { workflows, schedules };
}
