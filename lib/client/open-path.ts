const PLACES = ["exports", "connections", "activity", "settings", "account"];

/**
 * The place inside the app that a link in a mail leads to, from the segments of its path as they stand in the address. Null
 * for anything but a page of our own.
 */
export function openPath(segments: readonly string[], search: string): string | null {
  if (!PLACES.includes(segments[0] ?? "") || segments.some((segment) => !/^[\w-]+$/.test(segment))) return null;
  return `/${segments.join("/")}${search}`;
}
