import type { Grants } from "@/lib/permissions";

export type { Scope } from "@/lib/permissions";

/** Who asks: every service takes one first, and every query is limited to its organization. */
export interface Actor extends Grants {
  /** The signed-in user; null for an API key. */
  userId: string | null;
  /** The API key; null for a user. */
  keyId: string | null;
  /** The session that a user asks with; null for an API key. */
  sessionId: string | null;
  /** How the audit log calls it: a person's mail address, or the key's name. */
  name: string;
  organizationId: string;
  /** The projects that the actor may see: all of the organization for a user, its own one for a key. */
  projectIds: string[];
  /** Where the request came from. */
  from: Origin;
}

export interface Origin {
  ip: string | null;
  userAgent: string | null;
}
