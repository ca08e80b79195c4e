import type { Role } from "@/lib/schemas/me";

export type Scope = "read" | "write";

/** Who asks: every service takes one first, and every query is limited to its organization. */
export interface Actor {
  kind: "user" | "key";
  /** The signed-in user; null for an API key. */
  userId: string | null;
  organizationId: string;
  role: Role;
  /** The projects that the actor may see: all of the organization for a user, its own one for a key. */
  projectIds: string[];
  scopes: Scope[];
}
