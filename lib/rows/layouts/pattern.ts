/** Where a pattern has one of several characters, the likeliest first: once, or `many` times, which may be none. */
interface Step {
  chars: string;
  many?: true;
}

/** What keys look like, as steps from their beginning to their end: a regular language without alternatives. */
export type Pattern = readonly Step[];

const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";

/** This very text. */
export const literal = (text: string): Pattern => text.split("").map((chars) => ({ chars }));

/** Text like this: any digit in place of a digit, everything else as it is. */
export const like = (text: string): Pattern =>
  text.split("").map((char) => ({ chars: DIGITS.includes(char) ? char + DIGITS.replace(char, "") : char }));

/** A whole number from `first` on. */
export const number = (first: string): Pattern => [...like(first), { chars: DIGITS, many: true }];

/** A request id, as `newRequestId` makes them. */
export const REQUEST: Pattern = like("request000000000").map(() => ({ chars: LOWER + DIGITS }));

/** An event's name as `escapeEvent` leaves it. */
export const escapedEvent = (plain: string): Pattern => [
  { chars: `${LOWER}${LOWER.toUpperCase()}${DIGITS}%~${plain}`, many: true },
];

const FRACTION: Pattern = [{ chars: `.${DIGITS}`, many: true }];

/** A moment as `basicIso` writes it. */
export const iso = (hour: string): Pattern => [...like(`20260329T${hour}0000`), ...FRACTION, ...literal("Z")];

/** What `bounds` writes. */
export const BOUNDS: Pattern = [...iso("00"), ...literal("-"), ...iso("01")];

/** What may come between the bounds and the extension of a file: ordinal and revision. */
export const ORDINAL_AND_REVISION: Pattern = [{ chars: `-r${DIGITS}`, many: true }];
