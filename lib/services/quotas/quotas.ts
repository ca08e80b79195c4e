import { and, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { apiKeys, connections, exportCounts, historicExports, invitations } from "@/lib/db/schema";
import { type Env, getEnv } from "@/lib/env";
import { conflict } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import { QUOTAS, type QuotaName, type Quotas } from "@/lib/schemas/quota";
import type { Actor } from "@/lib/services/access";

interface Counted {
  /** The variable that sets the limit. */
  variable: keyof Env & `QUOTA_${string}`;
  words: string;
  /** How many an organization has. */
  used: (tx: Tx, organizationId: string) => Promise<number>;
  /** The remedy shown. */
  fix: string;
}

const COUNTED: Record<QuotaName, Counted> = {
  exports: {
    variable: "QUOTA_EXPORTS",
    words: "exports",
    used: exportsOf,
    fix: "delete some",
  },
  connections: {
    variable: "QUOTA_CONNECTIONS",
    words: "connections",
    used: (tx, id) => tx.$count(connections, and(eq(connections.organizationId, id), isNull(connections.deletedAt))),
    fix: "delete some",
  },
  api_keys: {
    variable: "QUOTA_API_KEYS",
    words: "API keys",
    used: (tx, id) => {
      const isValid = or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`));
      return tx.$count(apiKeys, and(eq(apiKeys.organizationId, id), isNull(apiKeys.revokedAt), isValid));
    },
    fix: "revoke some",
  },
  invitations: {
    variable: "QUOTA_INVITATIONS",
    words: "pending invitations",
    used: (tx, id) => tx.$count(invitations, and(eq(invitations.organizationId, id), isNull(invitations.acceptedAt))),
    fix: "revoke some",
  },
  historic_exports: {
    variable: "QUOTA_HISTORIC_EXPORTS",
    words: "historic exports in progress",
    used: (tx, id) => {
      const isActive = inArray(historicExports.state, activeStates);
      return tx.$count(historicExports, and(eq(historicExports.organizationId, id), isActive));
    },
    fix: "wait until some have ended, or cancel them",
  },
};

/** Maintained by the database: an organization may have too many exports to count each time. */
async function exportsOf(tx: Tx, organizationId: string): Promise<number> {
  const [counted] = await tx
    .select({ used: exportCounts.used })
    .from(exportCounts)
    .where(eq(exportCounts.organizationId, organizationId));
  return counted?.used ?? 0;
}

/**
 * Throws a 409 if an organization has reached a quota. Serializes concurrent creations until the transaction ends, so
 * that the limit holds.
 */
export async function requireRoom(tx: Tx, name: QuotaName, organizationId: string): Promise<void> {
  const counted = COUNTED[name];
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${name} ${organizationId}`}, 0))`);
  const limit = getEnv()[counted.variable];
  if ((await counted.used(tx, organizationId)) < limit) return;
  throw conflict(
    "quota_reached",
    `Your organization has ${limit.toLocaleString("en-US")} ${counted.words}, the limit of this installation. To add more, ${counted.fix}, or ask the operator to raise ${counted.variable}.`,
  );
}

/** Returns the usage and limit of each quota of the actor's organization. */
export async function getQuotas({ organizationId }: Actor): Promise<Quotas> {
  const counts = await Promise.all(QUOTAS.map((name) => COUNTED[name].used(getDb(), organizationId)));
  const items = QUOTAS.map((quota, i) => ({ quota, used: counts[i] ?? 0, limit: getEnv()[COUNTED[quota].variable] }));
  return { items };
}
