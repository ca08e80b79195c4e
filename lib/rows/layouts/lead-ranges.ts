import type { Lead } from "./leads";

/** Strings from `from` to before `to`, in byte order. */
interface Range {
  from: string;
  to: string;
}

/** The end of ASCII, and a character in no key. */
const [ASCII, LAST] = [0x80, "\u{10ffff}"];

/** Ranges of all strings that begin with a lead and continue with one of its next characters. */
export function rangesBelow({ text, next }: Lead): Range[] {
  const codes = [...new Set(next)].map((char) => char.charCodeAt(0)).sort((a, b) => a - b);
  const runs: { first: number; last: number }[] = [];
  for (const code of codes.filter((code) => code < ASCII)) {
    const run = runs.at(-1);
    if (run?.last === code - 1) run.last = code;
    else runs.push({ first: code, last: code });
  }
  const ranges = runs.map(({ first, last }) => ({ from: text + charOf(first), to: text + charOf(last + 1) }));
  // A character beyond ASCII takes several bytes, and half a surrogate pair has none: together they form one range.
  return codes.some((code) => code >= ASCII) ? [...ranges, { from: text + charOf(ASCII), to: text + LAST }] : ranges;
}

const charOf = (code: number) => String.fromCharCode(code);

/** Every prefix of a string, from empty to whole. */
export function beginningsOf(text: string): string[] {
  const beginnings = [""];
  for (const char of text) beginnings.push(beginnings.at(-1)! + char);
  return beginnings;
}
