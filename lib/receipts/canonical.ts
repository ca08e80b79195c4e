import canonicalize from "canonicalize";

/**
 * Canonical JSON by RFC 8785: the bytes that are hashed and signed. Members that are undefined are left out. Throws for
 * values that JSON can't represent, and for text with a lone surrogate.
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("The value has no JSON representation.");
  return text;
}

/** The bytes of a receipt, or of another signed statement, that its hash and its signature cover. */
export function signedText(statement: object): string {
  const { signature: _, ...rest } = statement as { signature?: unknown };
  return canonicalJson(rest);
}

/** The same value with its members in canonical order: written as JSON, it is the canonical bytes. */
export const inCanonicalOrder = <T extends object>(value: T): T => JSON.parse(canonicalJson(value)) as T;
