import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an Authorization header has a token as its bearer. */
export function isBearer(authorization: string | null, token: string): boolean {
  // Compares hashes: the comparison needs equal lengths, and a token's length is secret too.
  const hash = (value: string) => createHash("sha256").update(value).digest();
  const given = /^Bearer +(\S+)$/i.exec(authorization?.trim() ?? "")?.[1] ?? "";
  return timingSafeEqual(hash(given), hash(token));
}
