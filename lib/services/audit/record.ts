import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import type { Actor } from "@/lib/services/access";
import { changesBetween } from "./changes";

type Asker = Pick<Actor, "kind" | "userId" | "keyId" | "name" | "from" | "organizationId">;

/** An audit log actor: a person, a key, or Penstock itself. */
export type Who = Asker | ReturnType<typeof system>;

export interface Audited {
  /** Object type and verb: `export.create`. */
  action: `${string}.${string}`;
  object: { id: string; name: string };
  projectId?: string | null;
  /** The object before and after, with its logged fields only; null if it does not exist. */
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
}

/** Penstock as an audit log actor, for what an export does on its own. */
export const system = (organizationId: string) => ({ kind: "system" as const, organizationId });

/** Records a change. Call it in the change's transaction, so that both commit or neither does. */
export async function recordAudit(tx: Tx, who: Who, audited: Audited): Promise<void> {
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

function actorOf(who: Who) {
  if (who.kind === "system") return { actorKind: who.kind, actorId: null, actorName: "Penstock" };
  const { ip, userAgent } = who.from;
  return { actorKind: who.kind, actorId: who.userId ?? who.keyId, actorName: who.name, ip, userAgent };
}
