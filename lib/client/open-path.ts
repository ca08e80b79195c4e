const PLACES = ["exports", "connections", "activity", "settings", "account"];

/** The in-app path for an email link, from its path segments as in the URL. Null for anything but our own pages. */
export function openPath(segments: readonly string[], search: string): string | null {
  if (!PLACES.includes(segments[0] ?? "") || segments.some((segment) => !/^[\w-]+$/.test(segment))) return null;
  return `/${segments.join("/")}${search}`;
}
