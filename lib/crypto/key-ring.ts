import { hkdfSync } from "node:crypto";

/** Keys by id: the current one seals, all of them open. */
export interface KeyRing {
  currentId: string;
  keys: ReadonlyMap<string, Buffer>;
}

/**
 * The key ring for one purpose, from `ENCRYPTION_KEYS` ("id:base64,…", the current one first). Each purpose derives its
 * own keys by HKDF, so that a payload can't pass as a stored secret.
 */
export function keyRing(spec: string, purpose: "secrets" | "payloads"): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const entry of spec.split(",")) {
    const [id = "", base64 = ""] = entry.trim().split(":");
    const derived = hkdfSync("sha256", Buffer.from(base64, "base64"), "", `penstock/${purpose}`, 32);
    keys.set(id, Buffer.from(derived));
  }
  const currentId = keys.keys().next().value;
  if (currentId === undefined) throw new Error("The key ring is empty.");
  return { currentId, keys };
}
