/** One of several characters, likeliest first: once, or if `many`, any number of times, including none. */
interface Step {
  chars: string;
  many?: true;
}

/** What keys look like, as steps from beginning to end: a regular language without alternatives. */
export type Pattern = readonly Step[];

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";

/** The same language as a regular expression. */
export function regexOf(pattern: Pattern): RegExp {
  const escaped = (chars: string) => chars.replaceAll(/[\\\]^[-]/g, "\\$&");
  return new RegExp(`^${pattern.map(({ chars, many }) => `[${escaped(chars)}]${many ? "*" : ""}`).join("")}$`);
}

/** Exactly this text. */
export const literal = (text: string): Pattern => text.split("").map((chars) => ({ chars }));

/** Text like this: a digit matches any digit, everything else itself. */
export const like = (text: string): Pattern =>
  text.split("").map((char) => ({ chars: DIGITS.includes(char) ? char + DIGITS.replace(char, "") : char }));

/** A whole number, preferably `first`. */
export const number = (first: string): Pattern => [...like(first), { chars: DIGITS, many: true }];

/** A request id from `newRequestId`. */
export const REQUEST: Pattern = like("request000000000").map(() => ({ chars: LOWER + DIGITS }));

/** An event name from `escapeEvent`. */
export const escapedEvent = (plain: string): Pattern => [
  { chars: `${LOWER}${LOWER.toUpperCase()}${DIGITS}%~${plain}`, many: true },
];

const FRACTION: Pattern = [{ chars: `.${DIGITS}`, many: true }];

/** A time from `basicIso`. */
export const iso = (hour: string): Pattern => [...like(`20260329T${hour}0000`), ...FRACTION, ...literal("Z")];

/** What `bounds` returns. */
export const BOUNDS: Pattern = [...iso("00"), ...literal("-"), ...iso("01")];

/** What may come between a file's bounds and extension: ordinal and revision. */
export const ORDINAL_AND_REVISION: Pattern = [{ chars: `-r${DIGITS}`, many: true }];
