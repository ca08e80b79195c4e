import type { InvitationRow } from "@/lib/db/rows";
import type { Invitation } from "@/lib/schemas/organization";

/** Converts an invitation to API form, without its token. */
export const toInvitation = (row: InvitationRow, invitedBy: string | null): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  invitedBy,
  expiresAt: row.expiresAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

/** Fields for the audit log. */
export const auditedInvitation = ({ email, role, expiresAt }: InvitationRow) => ({ email, role, expiresAt });
