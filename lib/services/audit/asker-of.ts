import { and, desc, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { auditLog } from "@/lib/db/schema";
import { type Audited, system, type Who } from "./record";

interface Asked {
  organizationId: string;
  action: Audited["action"];
  objectId: string;
}

/** Who did something, for entries about what came of it; the system if the log doesn't have it. */
export async function askerOf(tx: Tx, { organizationId, action, objectId }: Asked): Promise<Who> {
  const [entry] = await tx
    .select()
    .from(auditLog)
    .where(
      and(
        ...[eq(auditLog.organizationId, organizationId), eq(auditLog.objectType, action.slice(0, action.indexOf(".")))],
        ...[eq(auditLog.objectId, objectId), eq(auditLog.action, action)],
      ),
    )
    .orderBy(desc(auditLog.id))
    .limit(1);
  if (!entry || entry.actorKind === "system") return system(organizationId);
  const { actorKind: kind, actorId, actorName: name, ip, userAgent } = entry;
  const ids = kind === "user" ? { userId: actorId, keyId: null } : { userId: null, keyId: actorId };
  return { kind, ...ids, name, organizationId, from: { ip, userAgent } };
}
