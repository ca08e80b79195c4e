import { createHash } from "node:crypto";
import { getEnv } from "../env";
import { keyRing } from "./key-ring";
import { open, seal } from "./seal";

const ring = () => keyRing(getEnv().ENCRYPTION_KEYS, "secrets");

/**
 * What a sealed value is bound to, by the form of its envelope: `v1` names its row, like `connections:<id>`; `v2` names
 * whatever else must not change for the value to open.
 */
export interface Bound {
  v1: string;
  v2?: string;
}

const boundTo = (aad: string | Bound): Bound => (typeof aad === "string" ? { v1: aad } : aad);

/** Seals an object for the database as `<form>.<key id>.<base64>`, in the newest form that `aad` supports. */
export function sealSecret(value: object, aad: string | Bound): string {
  const { v1, v2 } = boundTo(aad);
  const { keyId, data } = seal(ring(), Buffer.from(JSON.stringify(value)), v2 ?? v1);
  return `${v2 === undefined ? "v1" : "v2"}.${keyId}.${data.toString("base64")}`;
}

/** Id of the key that seals. */
export const currentKeyId = (): string => ring().currentId;

/** Reseals a value under the current key and in the newest form. Throws like `openSecret`. */
export const resealSecret = (envelope: string, aad: string | Bound): string =>
  sealSecret(openSecret<object>(envelope, aad), aad);

/** Opens a `sealSecret` envelope. Throws if the key is gone or the value was sealed for another `aad`. */
export function openSecret<T>(envelope: string, aad: string | Bound): T {
  const [form = "", keyId = "", base64 = ""] = envelope.split(".");
  const bound = new Map(Object.entries(boundTo(aad))).get(form);
  if (bound === undefined) throw new Error("The stored secret has an unknown format.");
  return JSON.parse(open(ring(), { keyId, data: Buffer.from(base64, "base64") }, bound).toString()) as T;
}

/** Whether a value can be opened with this server's keys; true for no secret at all. */
export function canOpen(envelope: string, aad: string | Bound): boolean {
  if (envelope === "") return true;
  try {
    openSecret(envelope, aad);
    return true;
  } catch {
    return false;
  }
}

/** Identifies the bytes of the key that seals, without telling them. */
export const currentKeyPrint = (): string => {
  const { currentId, keys } = ring();
  return createHash("sha256").update(keys.get(currentId)!).digest("hex").slice(0, 32);
};
