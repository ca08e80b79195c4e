import { getEnv } from "../env";
import { keyRing } from "./key-ring";
import { open, seal } from "./seal";

const ring = () => keyRing(getEnv().ENCRYPTION_KEYS, "secrets");

/** Seals an object for the database as `v1.<key id>.<base64>`; `aad` names the row that it belongs to, like `connections:<id>`. */
export function sealSecret(value: object, aad: string): string {
  const { keyId, data } = seal(ring(), Buffer.from(JSON.stringify(value)), aad);
  return `v1.${keyId}.${data.toString("base64")}`;
}

/** The key that seals from now on. */
export const currentKeyId = (): string => ring().currentId;

/** Seals anew, under the current key, what an older key sealed for the same row. Throws as `openSecret` does. */
export const resealSecret = (envelope: string, aad: string): string =>
  sealSecret(openSecret<object>(envelope, aad), aad);

/** Opens what `sealSecret` made for the same row. Throws when the key is gone or the envelope is another row's. */
export function openSecret<T>(envelope: string, aad: string): T {
  const [version, keyId = "", base64 = ""] = envelope.split(".");
  if (version !== "v1") throw new Error("The stored secret has an unknown form.");
  return JSON.parse(open(ring(), { keyId, data: Buffer.from(base64, "base64") }, aad).toString()) as T;
}
