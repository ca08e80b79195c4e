import type { Pattern } from "./pattern";
import type { KeyLanguage } from "./types";

/** The text that some of an export's keys begin with, and the characters that may come after it. */
export interface Lead {
  text: string;
  next: string;
}

/**
 * With what the keys of a language begin, as far as it is the same in all that match a pattern. Two languages have a key in common only where a
 * text of one begins with a text of the other, and goes on, if it is longer, with a character that may come next there.
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

/** What may come many times may be left out, so what follows it may come next as well. */
function nextOf(rest: Pattern): string {
  const last = rest.findIndex(({ many }) => !many);
  return rest
    .slice(0, last === -1 ? rest.length : last + 1)
    .map(({ chars }) => chars)
    .join("");
}
