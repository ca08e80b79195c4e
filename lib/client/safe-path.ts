const BASE = "http://app.invalid";

/**
 * `wanted` if it is a place inside the app, else the exports. It is read as a browser reads it, where `/\t/host` and
 * `/.//host` lead away as well.
 */
export function safePath(wanted: unknown): string {
  const fallback = "/exports";
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, BASE)) return fallback;
  const { origin, pathname, search, hash } = new URL(wanted, BASE);
  return origin !== BASE || pathname.startsWith("//") ? fallback : pathname + search + hash;
}
