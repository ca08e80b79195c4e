import { randomBytes } from "node:crypto";

/** A new key for ENCRYPTION_KEYS; its id is one above the highest existing. */
export function newEncryptionKey(existing: string): string {
  const numbers = existing.split(",").map((entry) => Number(/^\s*k(\d+):/.exec(entry)?.[1] ?? 0));
  return `k${Math.max(0, ...numbers) + 1}:${randomBytes(32).toString("base64")}`;
}
