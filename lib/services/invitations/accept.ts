import { eq } from "drizzle-orm";
import { getDb, type Tx } from "@/lib/db/client";
import type { InvitationRow } from "@/lib/db/rows";
import { invitations, members, session } from "@/lib/db/schema";
import { AppError, conflict, invalid } from "@/lib/errors";
import type { AcceptInvitation, OpenInvitation } from "@/lib/schemas/organization";
import { originOf } from "@/lib/services/access";
import { insertLogin } from "@/lib/services/account";
import { recordAudit } from "@/lib/services/audit";
import { signedIn } from "@/lib/services/auth";
import { isUniqueViolation } from "@/lib/services/db-errors";
import { loadByToken, loginOf } from "./load";

type Asker = Awaited<ReturnType<typeof signedIn>>;

/**
 * Accepts an invitation, once. A person with a login must be signed in with it, and their session switches to the
 * organization. Anyone else gets a login and signs in afterwards.
 */
export async function acceptInvitation(input: AcceptInvitation, headers: Headers): Promise<OpenInvitation> {
  const asker = await signedIn(headers);
  return getDb().transaction(async (tx) => {
    const { invitation, organization } = await loadByToken(input.token, { tx, lock: true });
    const { id, organizationId, email, role } = invitation;
    const login = await loginOf(tx, email);
    if (login) requireSignedIn(asker, login.id, email);
    const userId = login?.id ?? (await insertInvited(tx, input, email));
    await insertMember(tx, invitation, userId);
    await tx.update(invitations).set({ acceptedAt: new Date() }).where(eq(invitations.id, id));
    if (login && asker) await workThere(tx, asker.sessionId, organizationId);
    const person = { kind: "user" as const, userId, keyId: null, name: email, from: originOf(headers), organizationId };
    await recordAudit(tx, person, { action: "invitation.accept", object: { id, name: email }, after: { role } });
    return { organization, email, role, hasLogin: true };
  });
}

function requireSignedIn(asker: Asker, userId: string, email: string): void {
  if (!asker)
    throw new AppError(
      "unauthenticated",
      `${email} already has an account. Sign in, then accept the invitation again.`,
      401,
    );
  if (asker.userId === userId) return;
  const message = `This invitation is for ${email}, but you are signed in as someone else. Sign out, then sign in as ${email}.`;
  throw new AppError("forbidden", message, 403);
}

async function insertInvited(tx: Tx, { name, password }: AcceptInvitation, email: string): Promise<string> {
  if (name !== undefined && password !== undefined) return insertLogin(tx, { name, email, password });
  const missing = [...(name === undefined ? ["name"] : []), ...(password === undefined ? ["password"] : [])];
  throw invalid(
    `${email} has no login yet. Send ${missing.join(" and ")} to create one.`,
    missing.map((path) => ({ path, message: "This field is required." })),
  );
}

async function insertMember(tx: Tx, { organizationId, role, email }: InvitationRow, userId: string): Promise<void> {
  try {
    await tx.insert(members).values({ organizationId, userId, role });
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict("already_member", `${email} is already a member of the organization.`);
    throw error;
  }
}

const workThere = (tx: Tx, sessionId: string, organizationId: string) =>
  tx
    .update(session)
    .set({ activeOrganizationId: organizationId, activeProjectId: null })
    .where(eq(session.id, sessionId));
