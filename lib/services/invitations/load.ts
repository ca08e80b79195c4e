import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { InvitationRow } from "@/lib/db/rows";
import { invitations, organizations, user } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Actor } from "@/lib/services/access";
import { tokenHash } from "@/lib/services/one-time-token";

const invalidInvitation = () =>
  new AppError(
    "invitation_invalid",
    "This invitation isn't valid. It was used, revoked, or replaced, or it has expired. Ask for a new one.",
    404,
  );

/** Loads and locks an unaccepted invitation of the actor's organization, or throws a 404. */
export async function loadInvitation(tx: Tx, actor: Actor, id: string): Promise<InvitationRow> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(
      and(eq(invitations.id, id), eq(invitations.organizationId, actor.organizationId), isNull(invitations.acceptedAt)),
    )
    .for("update");
  if (!row) throw notFound("invitation");
  return row;
}

/**
 * The invitation of a token, with its organization's name. Unknown, used, and expired tokens take the same lookup and
 * the same 404. `lock` locks the row, so that only one transaction can accept it.
 */
export async function loadByToken(token: string, { tx = getDb(), lock = false }: { tx?: Tx; lock?: boolean } = {}) {
  const query = tx
    .select({ invitation: invitations, organization: organizations.name })
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .where(
      and(
        eq(invitations.hash, tokenHash(token)),
        isNull(invitations.acceptedAt),
        gt(invitations.expiresAt, sql`now()`),
      ),
    );
  const [row] = lock ? await query.for("update", { of: invitations }) : await query;
  if (!row) throw invalidInvitation();
  return row;
}

/** The login of an email address, ignoring case; null if there is none. */
export async function loginOf(tx: Tx, email: string): Promise<{ id: string; email: string } | null> {
  const [row] = await tx
    .select({ id: user.id, email: user.email })
    .from(user)
    .where(eq(sql`lower(${user.email})`, email.toLowerCase()));
  return row ?? null;
}
