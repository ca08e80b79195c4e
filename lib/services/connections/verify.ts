import { and, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections } from "@/lib/db/schema";
import { verifyConnection as probe } from "@/lib/destinations/registry";
import type { VerifyResult } from "@/lib/schemas/connection";
import type { Actor } from "@/lib/services/auth/actor";
import { millis } from "@/lib/services/paging";
import { loadConnection } from "./load";
import { openConnectionSecret } from "./secrets";

/** Tries out a saved connection and keeps the result with it. */
export async function verifyConnection(actor: Actor, input: { id: string }): Promise<VerifyResult> {
  const row = await loadConnection(actor, input.id);
  const result = await probe({ type: row.type, config: row.config, secret: openConnectionSecret(row) });
  await getDb()
    .update(connections)
    .set({ verifiedAt: result.ok ? new Date() : null, lastVerification: result })
    .where(
      and(
        eq(connections.id, row.id),
        eq(connections.organizationId, actor.organizationId),
        // A result for settings that were changed meanwhile would be a lie.
        sql`${millis(connections.updatedAt)} = ${row.updatedAt.toISOString()}::timestamptz`,
      ),
    );
  return result;
}
