import type { InvitationRow } from "@/lib/db/rows";
import type { Invitation } from "@/lib/schemas/organization";

/** An invitation as the API answers it: nothing of its token. */
export const toInvitation = (row: InvitationRow, invitedBy: string | null): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy,
  expiresAt: row.expiresAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

/** What of an invitation the audit log tells. */
export const auditedInvitation = ({ email, role, expiresAt }: InvitationRow) => ({ email, role, expiresAt });
