import { and, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { apiKeys, connections, exports, historicExports, invitations } from "@/lib/db/schema";
import { type Env, getEnv } from "@/lib/env";
import { conflict } from "@/lib/errors";
import { QUOTAS, type QuotaName, type Quotas } from "@/lib/schemas/quota";
import { activeStates } from "@/lib/schemas/run";
import type { Actor } from "@/lib/services/auth/actor";

interface Counted {
  /** The variable that sets the limit. */
  variable: keyof Env & `QUOTA_${string}`;
  words: string;
  table: typeof exports | typeof connections | typeof apiKeys | typeof invitations | typeof historicExports;
  /** Which rows count. */
  where: (organizationId: string) => SQL | undefined;
  /** What makes room. */
  fix: string;
}

const COUNTED: Record<QuotaName, Counted> = {
  exports: {
    variable: "QUOTA_EXPORTS",
    words: "exports",
    table: exports,
    where: (id) => and(eq(exports.organizationId, id), isNull(exports.deletedAt)),
    fix: "delete some",
  },
  connections: {
    variable: "QUOTA_CONNECTIONS",
    words: "connections",
    table: connections,
    where: (id) => and(eq(connections.organizationId, id), isNull(connections.deletedAt)),
    fix: "delete some",
  },
  api_keys: {
    variable: "QUOTA_API_KEYS",
    words: "API keys",
    table: apiKeys,
    where: (id) =>
      and(
        eq(apiKeys.organizationId, id),
        isNull(apiKeys.revokedAt),
        or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, sql`now()`)),
      ),
    fix: "revoke some",
  },
  invitations: {
    variable: "QUOTA_INVITATIONS",
    words: "open invitations",
    table: invitations,
    where: (id) => and(eq(invitations.organizationId, id), isNull(invitations.acceptedAt)),
    fix: "revoke some",
  },
  historic_exports: {
    variable: "QUOTA_HISTORIC_EXPORTS",
    words: "historic exports under way",
    table: historicExports,
    where: (id) => and(eq(historicExports.organizationId, id), inArray(historicExports.state, activeStates)),
    fix: "wait until some have ended, or cancel them",
  },
};

const used = (tx: Tx, { table, where }: Counted, organizationId: string) => tx.$count(table, where(organizationId));

/**
 * Throws a 409 where an organization has as many of something as the installation allows. Those who make more of it take turns until the
 * transaction ends, so that the limit holds.
 */
export async function requireRoom(tx: Tx, name: QuotaName, organizationId: string): Promise<void> {
  const counted = COUNTED[name];
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${name} ${organizationId}`}, 0))`);
  const limit = getEnv()[counted.variable];
  if ((await used(tx, counted, organizationId)) < limit) return;
  throw conflict(
    "quota_reached",
    `Your organization has ${limit.toLocaleString("en-US")} ${counted.words}, as many as this installation allows: ${counted.fix}, or ask its operator to raise ${counted.variable}.`,
  );
}

/** How much of everything that is limited the actor's organization has, and may have. */
export async function getQuotas({ organizationId }: Actor): Promise<Quotas> {
  const counts = await Promise.all(QUOTAS.map((name) => used(getDb(), COUNTED[name], organizationId)));
  const items = QUOTAS.map((quota, i) => ({ quota, used: counts[i] ?? 0, limit: getEnv()[COUNTED[quota].variable] }));
  return { items };
}
