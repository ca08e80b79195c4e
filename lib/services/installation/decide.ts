import { eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { getDb } from "@/lib/db/client";
import { installation } from "@/lib/db/schema";
import type { Decided } from "@/lib/db/schema/installation";
import { conflict } from "@/lib/errors";
import type { Decision } from "@/lib/fields/installation";
import type { DecideInstallation, Installation } from "@/lib/schemas/installation";
import type { Actor } from "@/lib/services/access";
import { recordAudit } from "@/lib/services/audit";
import { choicesOf, toInstallation } from "./get";
import { lockInstallation } from "./raise";

/** Records a decision about a held installation. A worker carries it out within seconds. Throws a 409 `AppError`. */
export const decideInstallation = (actor: Actor, { decision }: DecideInstallation): Promise<Installation> =>
  decide(getDb(), decision, actor);

/** The same for the command line, if `actor` is null. */
export function decide(db: Db, decision: Decision, actor: Actor | null): Promise<Installation> {
  return db.transaction(async (tx) => {
    const row = await lockInstallation(tx);
    const { hold } = row;
    if (!hold) throw conflict("not_held", "There is nothing to decide: this installation isn't on hold.");
    if (row.decided) throw conflict("already_decided", `${row.decided.by} already decided: ${row.decided.decision}.`);
    if (!choicesOf(hold.reason).includes(decision))
      throw conflict(
        "shared_namespace",
        "This Temporal namespace belongs to another installation. To keep both, set another TEMPORAL_NAMESPACE for this one and restart its workers.",
      );
    const by = actor?.name ?? "the command line";
    const decided: Decided = {
      ...{ decision, by, at: new Date().toISOString() },
      organizationId: actor?.organizationId ?? null,
    };
    const [after] = await tx.update(installation).set({ decided }).where(eq(installation.one, 1)).returning();
    if (actor)
      await recordAudit(tx, actor, {
        action: "installation.decide",
        object: { id: row.id, name: "This installation" },
        before: { hold: hold.reason },
        after: { hold: hold.reason, decision },
      });
    return toInstallation(after!);
  });
}
