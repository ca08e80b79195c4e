import type { Lead } from "./leads";

/** Texts from `from` on and before `to`, by their bytes. */
interface Range {
  from: string;
  to: string;
}

/** Where ASCII ends, and with what no text goes on. */
const [ASCII, LAST] = [0x80, "\u{10ffff}"];

/** The ranges of all texts that begin with a lead and go on with a character that may come next. */
export function rangesBelow({ text, next }: Lead): Range[] {
  const codes = [...new Set(next)].map((char) => char.charCodeAt(0)).sort((a, b) => a - b);
  const runs: { first: number; last: number }[] = [];
  for (const code of codes.filter((code) => code < ASCII)) {
    const run = runs.at(-1);
    if (run?.last === code - 1) run.last = code;
    else runs.push({ first: code, last: code });
  }
  const ranges = runs.map(({ first, last }) => ({ from: text + charOf(first), to: text + charOf(last + 1) }));
  // Beyond ASCII a character is several bytes, and half a pair none: all of them together are a range too.
  return codes.some((code) => code >= ASCII) ? [...ranges, { from: text + charOf(ASCII), to: text + LAST }] : ranges;
}

const charOf = (code: number) => String.fromCharCode(code);

/** A text and everything that it begins with, the empty text first. */
export function beginningsOf(text: string): string[] {
  const beginnings = [""];
  for (const char of text) beginnings.push(beginnings.at(-1)! + char);
  return beginnings;
}
