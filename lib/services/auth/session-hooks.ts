import { desc, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session, user } from "@/lib/db/schema";
import { originOf } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { getLogger, loggable } from "@/lib/services/logger";
import { membershipOf } from "./membership";

interface Row {
  id: string;
  userId: string;
  expiresAt: Date;
  activeOrganizationId?: unknown;
}

interface Context {
  headers?: Headers | undefined;
}

/** Starts a session in the person's last organization and project, and records its origin as the audit log does. */
async function begin({ userId }: { userId: string }, context: Context | null) {
  const [last] = await getDb()
    .select({ activeOrganizationId: session.activeOrganizationId, activeProjectId: session.activeProjectId })
    .from(session)
    .where(eq(session.userId, userId))
    .orderBy(desc(session.updatedAt))
    .limit(1);
  const membership = await membershipOf(userId, last?.activeOrganizationId ?? null);
  const stays = membership !== null && membership.organizationId === last?.activeOrganizationId;
  const { ip, userAgent } = originOf(context?.headers ?? new Headers());
  return {
    data: {
      ipAddress: ip,
      userAgent,
      activeOrganizationId: membership?.organizationId ?? null,
      activeProjectId: stays ? last.activeProjectId : null,
    },
  };
}

/**
 * Audits a session's start or end. better-auth has no transaction for it, and a failed entry must not block sign-in.
 */
async function note(action: "session.start" | "session.end", row: Row, context: Context | null): Promise<void> {
  const { id, userId, activeOrganizationId: organizationId } = row;
  if (typeof organizationId !== "string") return;
  try {
    const [person] = await getDb().select({ email: user.email }).from(user).where(eq(user.id, userId));
    const name = person?.email ?? userId;
    const from = originOf(context?.headers ?? new Headers());
    const who = { kind: "user" as const, userId, keyId: null, name, from, organizationId };
    await recordAudit(getDb(), who, { action, object: { id, name } });
  } catch (error) {
    getLogger().warn({ error: loggable(error) }, "Recording a sign-in or sign-out in the audit log failed.");
  }
}

/**
 * Hooks for sessions that better-auth creates and deletes. Deleting an expired session is not audited: nobody ended it.
 */
export const sessionHooks = {
  create: { before: begin, after: (row: Row, context: Context | null) => note("session.start", row, context) },
  delete: {
    after: async (row: Row, context: Context | null) => {
      if (row.expiresAt.getTime() > Date.now()) await note("session.end", row, context);
    },
  },
};
