import type { Actor } from "@/lib/services/access/actor";

/** The owner of an organization, for calling services directly. */
export const ownerOf = (organizationId: string, projectIds: string[]): Actor => ({
  kind: "user",
  userId: null,
  keyId: null,
  sessionId: null,
  name: "owner@penstock.test",
  organizationId,
  role: "owner",
  operator: false,
  projectIds,
  scopes: ["read", "write"],
  from: { ip: null, userAgent: null },
});
