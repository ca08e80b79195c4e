import { and, eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Actor, requirePerson } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";

/** Ends one of the person's sessions. */
export async function endSession(actor: Actor, input: { sessionId: string }): Promise<undefined> {
  const { userId } = requirePerson(actor);
  await getDb().transaction(async (tx) => {
    const [ended] = await tx
      .delete(session)
      .where(and(eq(session.id, input.sessionId), eq(session.userId, userId)))
      .returning({ id: session.id });
    if (!ended) throw notFound("session");
    await recordAudit(tx, actor, { action: "session.end", object: { id: ended.id, name: actor.name } });
  });
}
