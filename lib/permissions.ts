// Who may do what: the one table that API, pages, and tests follow. Safe for the browser.

/** Member roles, from the least to the most privileged. */
export const ROLES = ["viewer", "member", "admin", "owner"] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ["read", "write"] as const;
export type Scope = (typeof SCOPES)[number];

export interface Rule {
  /** The lowest role allowed. */
  role: Role;
  /** The scope that an API key also needs; null if only a signed-in person may. */
  key: Scope | null;
  /** Operators only, whatever their role. */
  operator?: true;
  /** The end of the sentence "… can". */
  words: string;
}

/** Viewers read, members run and retry, admins manage exports, connections and people, owners delete. */
export const PERMISSIONS = {
  view: { role: "viewer", key: "read", words: "see exports, connections, and runs" },
  // Rows of the source may be personal data: more than an export's settings and state.
  "data.preview": { role: "member", key: "write", words: "see rows of the source" },
  "runs.start": { role: "member", key: "write", words: "run, retry, and cancel" },
  "checks.start": { role: "member", key: "write", words: "check windows again" },
  // The rows that a receipt names may be the only copy.
  "windows.shrink": { role: "admin", key: "write", words: "replace a window with fewer rows" },
  "exports.manage": { role: "admin", key: "write", words: "create and change exports" },
  "exports.delete": { role: "owner", key: "write", words: "delete exports" },
  "connections.manage": { role: "admin", key: "write", words: "create, change, and verify connections" },
  "connections.delete": { role: "owner", key: "write", words: "delete connections" },
  "buckets.release": { role: "owner", key: null, words: "release buckets" },
  "keys.release": { role: "owner", key: null, words: "release reserved object keys" },
  "alerts.manage": { role: "admin", key: null, words: "manage alert channels" },
  "people.manage": { role: "admin", key: null, words: "invite, change, and remove people" },
  "keys.manage": { role: "admin", key: null, words: "create and revoke API keys" },
  "audit.read": { role: "admin", key: null, words: "read the audit log" },
  "organization.manage": { role: "owner", key: null, words: "change the organization" },
  "projects.manage": { role: "admin", key: null, words: "rename projects" },
  "mail.read": { role: "owner", key: null, words: "read stored emails" },
  // Every hash changes.
  "salts.replace": { role: "owner", key: null, words: "set a new salt" },
  // A project is a window into the source: its creator can read any tenant's data.
  "projects.create": { role: "viewer", key: null, operator: true, words: "create projects" },
  "organizations.create": { role: "viewer", key: null, operator: true, words: "create organizations" },
  // One source serves all tenants.
  "source.manage": { role: "viewer", key: null, operator: true, words: "see and change the source" },
  // A task queue is every tenant's.
  "payloads.read": { role: "viewer", key: null, operator: true, words: "read workflow payloads" },
  "installation.manage": {
    role: "viewer",
    key: null,
    operator: true,
    words: "decide about this installation",
  },
  self: { role: "viewer", key: null, words: "manage their own account" },
} as const satisfies Record<string, Rule>;

export type Permission = keyof typeof PERMISSIONS;

/** What decides an actor's permissions. */
export interface Grants {
  kind: "user" | "key";
  role: Role;
  operator: boolean;
  scopes: readonly Scope[];
}

const rank = (role: Role) => ROLES.indexOf(role);

export const isAtLeast = (role: Role, least: Role): boolean => rank(role) >= rank(least);

/** Why an actor may not, in a sentence that says who may; null if it may. */
export function refusal(who: Grants, permission: Permission): string | null {
  const rule: Rule = PERMISSIONS[permission];
  if (who.kind === "key") {
    if (rule.key === null) return `API keys can't ${rule.words}. Sign in to do this.`;
    if (!who.scopes.includes(rule.key))
      return `This API key doesn't have the scope "${rule.key}". Use a key that has it, or sign in.`;
  }
  if (rule.operator && !who.operator) return `Only operators of this installation can ${rule.words}.`;
  if (isAtLeast(who.role, rule.role)) return null;
  const least = rule.role === "owner" ? "Only owners" : `Only ${plural(rule.role)} and higher roles`;
  const whose = who.kind === "key" ? "This API key's creator is" : "You are";
  return `${least} can ${rule.words}. ${whose} ${article(who.role)}: ask an owner of the organization.`;
}

export const may = (who: Grants, permission: Permission): boolean => refusal(who, permission) === null;

const plural = (role: Role) => `${role}s`;
const article = (role: Role) => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`);
