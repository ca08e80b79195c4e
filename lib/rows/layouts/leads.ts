import type { Pattern } from "./pattern";
import type { KeyLanguage } from "./types";

/** A fixed beginning of some of an export's keys, and the characters that may follow it. */
export interface Lead {
  text: string;
  next: string;
}

/**
 * The fixed beginning of each pattern's keys. Two languages share a key only if a beginning of one starts with a
 * beginning of the other and, if it is longer, continues with a character that may follow there.
 */
export function leadsOf({ patterns }: KeyLanguage): Lead[] {
  const found = new Map<string, string>();
  for (const { text, next } of patterns.map(leadOf)) found.set(text, (found.get(text) ?? "") + next);
  return [...found].map(([text, next]) => ({ text, next }));
}

function leadOf(pattern: Pattern): Lead {
  const open = pattern.findIndex(({ chars, many }) => many || chars.length > 1);
  const length = open === -1 ? pattern.length : open;
  const text = pattern.slice(0, length).map(({ chars }) => chars);
  return { text: text.join(""), next: nextOf(pattern.slice(length)) };
}

/** A repeated step may be absent, so what follows it may come next as well. */
function nextOf(rest: Pattern): string {
  const last = rest.findIndex(({ many }) => !many);
  return rest
    .slice(0, last === -1 ? rest.length : last + 1)
    .map(({ chars }) => chars)
    .join("");
}
