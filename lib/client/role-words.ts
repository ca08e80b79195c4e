import { ROLES, type Role } from "@/lib/permissions";

/** Each role's permissions in brief. */
export const ROLE_WORDS: Record<Role, { label: string; note: string }> = {
  viewer: { label: "Viewer", note: "Reads exports, runs and connections" },
  member: { label: "Member", note: "Also runs, retries and cancels" },
  admin: { label: "Admin", note: "Also manages exports, connections and people" },
  owner: { label: "Owner", note: "Also deletes, releases buckets and keys, and names owners" },
};

/** The roles that this role may grant: only owners make owners. */
export const rolesToGive = (mine: Role): Role[] => ROLES.filter((role) => role !== "owner" || mine === "owner");
