import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { changesBetween } from "./changes";

type Who = Pick<Actor, "kind" | "userId" | "keyId" | "name" | "from" | "organizationId">;

export interface Audited {
  /** Object type and verb: `export.create`. */
  action: `${string}.${string}`;
  object: { id: string; name: string };
  projectId?: string | null;
  /** The object before and after, as far as the log shall tell; null where there is none. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Penstock itself, as an actor of the audit log: what an export does by itself. */
export const system = (organizationId: string) => ({ kind: "system" as const, organizationId });

/** Writes who did what. Call it in the transaction of the change: both are written, or none. */
export async function recordAudit(tx: Tx, who: Who | ReturnType<typeof system>, audited: Audited): Promise<void> {
  const { action, object, projectId = null, before = null, after = null } = audited;
  await tx.insert(auditLog).values({
    organizationId: who.organizationId,
    projectId,
    ...actorOf(who),
    action,
    objectType: action.slice(0, action.indexOf(".")),
    objectId: object.id,
    objectName: object.name,
    changes: changesBetween(before, after),
  });
}

function actorOf(who: Who | ReturnType<typeof system>) {
  if (who.kind === "system") return { actorKind: who.kind, actorId: null, actorName: "Penstock" };
  const { ip, userAgent } = who.from;
  return { actorKind: who.kind, actorId: who.userId ?? who.keyId, actorName: who.name, ip, userAgent };
}
