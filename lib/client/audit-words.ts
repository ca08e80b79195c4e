import type { AuditEntry } from "@/lib/schemas/audit";

/** Labels for the audit log's actions and objects. Unlisted ones fall back to their own names. */

const OBJECTS: Record<string, { label: string; verbs: readonly string[] }> = {
  account: { label: "account", verbs: ["update", "password", "request-reset", "reset-password"] },
  "alert-channel": { label: "alert channel", verbs: ["create", "update", "delete"] },
  "api-key": { label: "API key", verbs: ["create", "revoke"] },
  bucket: { label: "bucket", verbs: ["claim", "release"] },
  check: { label: "check", verbs: ["start"] },
  connection: { label: "connection", verbs: ["create", "update", "verify", "delete"] },
  export: { label: "export", verbs: ["create", "update", "pause", "resume", "delete"] },
  "historic-export": { label: "historic export", verbs: ["create", "cancel"] },
  installation: { label: "installation", verbs: ["decide"] },
  invitation: { label: "invitation", verbs: ["create", "resend", "revoke", "accept"] },
  keys: { label: "reserved keys", verbs: ["release"] },
  member: { label: "member", verbs: ["update", "remove"] },
  organization: { label: "organization", verbs: ["create", "update"] },
  project: { label: "project", verbs: ["create", "update", "salt"] },
  run: { label: "run", verbs: ["start", "retry", "cancel"] },
  source: { label: "source", verbs: ["update", "verify"] },
  session: { label: "session", verbs: ["start", "end"] },
  window: { label: "window", verbs: ["shrink"] },
};

const VERBS: Record<string, string> = {
  accept: "accepted",
  cancel: "canceled",
  claim: "claimed",
  create: "created",
  delete: "deleted",
  end: "ended",
  pause: "paused",
  release: "released",
  remove: "removed",
  resend: "resent",
  resume: "resumed",
  retry: "retried",
  revoke: "revoked",
  start: "started",
  update: "changed",
};

const SPECIAL: Record<string, string> = {
  "account.password": "Password changed",
  "account.request-reset": "Password reset requested",
  "account.reset-password": "Password reset",
  "connection.verify": "Connection verification",
  "source.verify": "Source verification",
  "project.salt": "New salt set for a project",
  "session.start": "Signed in",
  "session.end": "Signed out a session",
  "installation.decide": "Installation decision made",
  "window.shrink": "Window replaced with fewer rows",
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const spaced = (name: string) => name.replaceAll("-", " ");

/** An object type within a sentence. */
export const objectNoun = (type: string): string => OBJECTS[type]?.label ?? spaced(type);

export const objectWords = (type: string): string => capital(objectNoun(type));

/** `export.create` as `Export created`. */
export function actionWords(action: string): string {
  const [type = "", verb = ""] = action.split(".");
  return SPECIAL[action] ?? `${objectWords(type)} ${VERBS[verb] ?? spaced(verb)}`;
}

/** An entry's label; for a verification, its outcome. */
export function entryWords({ action, changes }: Pick<AuditEntry, "action" | "changes">): string {
  const ok = action === "connection.verify" ? changes.find(({ field }) => field === "ok") : undefined;
  return ok ? `Connection verification ${ok.after === true ? "passed" : "failed"}` : actionWords(action);
}

/** Object types to filter by. */
export const OBJECT_TYPES = Object.keys(OBJECTS).map((value) => ({ value, label: objectWords(value) }));

/** Actions to filter by: all, or those on one object type. */
export const actionsOn = (objectType: string) =>
  Object.entries(OBJECTS)
    .filter(([type]) => objectType === "" || type === objectType)
    .flatMap(([type, { verbs }]) => verbs.map((verb) => `${type}.${verb}`))
    .map((value) => ({ value, label: actionWords(value) }));

/** A changed field's label: `destination.maxFileSizeMb` as `destination › max file size mb`. */
export const fieldWords = (field: string): string =>
  field
    .split(".")
    .map((part) => part.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase())
    .join(" › ");

/** A value before or after a change. */
export function valueWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value.join(", ") || "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
