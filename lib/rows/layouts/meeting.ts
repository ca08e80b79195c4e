import { commonWord } from "./common-word";
import { literal } from "./pattern";
import { datedLike } from "./plausible-key";
import { prefixLead } from "./prefix";
import type { KeyLanguage } from "./types";

/**
 * A key that two exports of one storage may both write, or null if none exists, whatever their windows. Errs on the
 * safe side: keys are compared by position, ignoring that all parts of a key share one window.
 */
export function meetingKey(a: KeyLanguage, b: KeyLanguage): string | null {
  const [leadOfA, leadOfB] = [prefixLead(a.prefix), prefixLead(b.prefix)];
  if (!leadOfA.startsWith(leadOfB) && !leadOfB.startsWith(leadOfA)) return null;
  if (a.namesRequest && b.namesRequest && lastFolder(a.prefix) === lastFolder(b.prefix)) return null;
  const word = firstWord(a, b);
  if (word === null) return null;
  const dated = datedLike(word, [a.prefix, b.prefix]);
  return isKeyOf(a, dated) && isKeyOf(b, dated) ? dated : word;
}

/**
 * The text between a key's last slash and its request id; neither the id nor what follows has a slash. If two exports
 * agree on it, equal keys would need equal request ids, which no two runs have.
 */
const lastFolder = (prefix: string) => prefix.slice(prefix.lastIndexOf("/") + 1);

function firstWord(a: KeyLanguage, b: KeyLanguage): string | null {
  for (const one of a.patterns)
    for (const other of b.patterns) {
      const word = commonWord(one, other);
      if (word !== null) return word;
    }
  return null;
}

const isKeyOf = ({ patterns }: KeyLanguage, key: string) =>
  patterns.some((pattern) => commonWord(literal(key), pattern) !== null);
