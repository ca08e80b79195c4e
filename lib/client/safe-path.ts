const BASE = "http://app.invalid";

/**
 * `wanted` if it is a path inside the app, otherwise the exports. Parsed as browsers do, because `/\t/host` and
 * `/.//host` also lead elsewhere.
 */
export function safePath(wanted: unknown): string {
  const fallback = "/exports";
  if (typeof wanted !== "string" || !wanted.startsWith("/") || !URL.canParse(wanted, BASE)) return fallback;
  const { origin, pathname, search, hash } = new URL(wanted, BASE);
  return origin !== BASE || pathname.startsWith("//") ? fallback : pathname + search + hash;
}
