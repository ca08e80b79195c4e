/** `2026-03-29 14:05`: a UTC time as date fields show and take it, whatever the browser's locale. */
export const dateTimeText = (iso: string | null): string => (iso === null ? "" : iso.slice(0, 16).replace("T", " "));

const TEXT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:(?:\s*,?\s+|T)(\d{1,2}):(\d{2}))?$/;

/** The ISO time of a typed text, at midnight if it has no time; null if it is none. */
export function parseDateTime(text: string): string | null {
  const parts = TEXT.exec(text.trim())?.slice(1);
  if (!parts) return null;
  const [year, month, day, hour = 0, minute = 0] = parts.map((part) => Number(part ?? 0));
  const time = new Date(Date.UTC(year!, month! - 1, day, hour, minute));
  // JavaScript turns 30 February into 2 March.
  const isReal = time.getUTCMonth() === month! - 1 && time.getUTCDate() === day && hour < 24 && minute < 60;
  return isReal ? time.toISOString() : null;
}
