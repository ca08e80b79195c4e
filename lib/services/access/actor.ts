import type { Grants } from "@/lib/permissions";

export type { Scope } from "@/lib/permissions";

/** The caller: the first argument of every service. Every query is limited to its organization. */
export interface Actor extends Grants {
  /** The signed-in user; null for an API key. */
  userId: string | null;
  /** The API key; null for a user. */
  keyId: string | null;
  /** The user's session; null for an API key. */
  sessionId: string | null;
  /** Name in the audit log: a user's email address, or the key's name. */
  name: string;
  organizationId: string;
  /** Projects that the actor may see: all of the organization's for a user, one for a key. */
  projectIds: string[];
  from: Origin;
}

export interface Origin {
  ip: string | null;
  userAgent: string | null;
}
