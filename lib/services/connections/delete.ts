import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import { connections, exports, runs } from "@/lib/db/schema";
import { conflict } from "@/lib/errors";
import { activeStates } from "@/lib/fields/run-state";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { audited } from "./audited";
import { loadConnection } from "./load";

/** Permanently deletes a connection and its secret. Throws a 409 that names the exports or the run still using it. */
export async function deleteConnection(actor: Actor, input: { id: string }): Promise<undefined> {
  await getDb().transaction(async (tx) => {
    const row = await loadConnection(actor, input.id, { tx, lock: true });
    const users = await tx
      .select({ id: exports.id, name: exports.name })
      .from(exports)
      .where(
        and(
          eq(exports.organizationId, actor.organizationId),
          eq(exports.connectionId, row.id),
          isNull(exports.deletedAt),
        ),
      );
    if (users.length > 0) throw inUse(users);
    await refuseUnderWay(tx, row.id);
    await tx
      .update(connections)
      .set({ deletedAt: new Date(), secrets: "", verifiedAt: null })
      .where(and(eq(connections.id, row.id), eq(connections.organizationId, actor.organizationId)));
    const { id, name, projectId } = row;
    await recordAudit(tx, actor, {
      action: "connection.delete",
      object: { id, name },
      projectId,
      before: audited(row),
    });
  });
}

/** A run keeps the connection that it started with, even if its export has since changed to another. */
async function refuseUnderWay(tx: Tx, connectionId: string): Promise<void> {
  const [active] = await tx
    .select({ id: runs.id, requestId: runs.requestId })
    .from(runs)
    .where(and(inArray(runs.state, activeStates), sql`${runs.pinned}->>'connectionId' = ${connectionId}`))
    .limit(1);
  if (!active) return;
  const message = `The run ${active.requestId} is still writing with this connection. Wait until it ends, or cancel it first.`;
  throw conflict("connection_in_use", message, [{ path: `runs.${active.id}`, message: "In progress." }]);
}

function inUse(users: { id: string; name: string }[]) {
  const names = users.map(({ name }) => `“${name}”`).join(", ");
  return conflict(
    "connection_in_use",
    `${names} ${users.length === 1 ? "uses" : "use"} this connection. Give ${users.length === 1 ? "it" : "them"} another connection, or delete ${users.length === 1 ? "it" : "them"} first.`,
    users.map(({ id, name }) => ({ path: `exports.${id}`, message: name })),
  );
}
