import { ROLES, type Role } from "@/lib/permissions";

/** Each role's permissions in brief. */
export const ROLE_WORDS: Record<Role, { label: string; note: string }> = {
  viewer: { label: "Viewer", note: "Can view exports, runs, and connections" },
  member: { label: "Member", note: "Can also run, retry, and cancel" },
  admin: { label: "Admin", note: "Can also manage exports, connections, and people" },
  owner: { label: "Owner", note: "Can also delete, release buckets and keys, and manage owners" },
};

/** The roles that this role may grant: only owners make owners. */
export const rolesToGive = (mine: Role): Role[] => ROLES.filter((role) => role !== "owner" || mine === "owner");
