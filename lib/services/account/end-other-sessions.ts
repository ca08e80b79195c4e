import { and, eq, ne } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import { type Actor, requirePerson } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** Ends every session but the current one. */
export async function endOtherSessions(actor: Actor): Promise<undefined> {
  const { userId, sessionId } = requirePerson(actor);
  await getDb().transaction(async (tx) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.userId, userId), ne(session.id, sessionId)))
      .returning({ id: session.id });
    for (const { id } of ended)
      await recordAudit(tx, actor, { action: "session.end", object: { id, name: actor.name } });
  });
}
