import { quote } from "@/lib/rows/quote";

/** People of the sample product; some visit often, most seldom. */
export const PEOPLE = 40_000;

/** A hash of the given expressions, the same on every run; `salt` tells its uses apart. */
export function hash(salt: string, ...keys: string[]): string {
  return `cityHash64(${[quote(salt), "{project:UInt32}", ...keys].join(", ")})`;
}

/** One of the texts, by a hash; list a text twice to have it twice as often. */
export function pick(texts: readonly string[], by: string): string {
  return `[${texts.map(quote).join(", ")}][1 + ${by} % ${texts.length}]`;
}

/** A UUID (of version 4 in form) by a hash. */
export function uuid(salt: string, ...keys: string[]): string {
  const hex = `lower(hex(sipHash128(${[quote(salt), "{project:UInt32}", ...keys].join(", ")})))`;
  const pieces = [`substring(h, 1, 8), '-'`, `substring(h, 9, 4), '-4'`, `substring(h, 14, 3), '-a'`];
  const body = `${pieces.join(", ")}, substring(h, 18, 3), '-', substring(h, 21, 12)`;
  return `toUUID(arrayMap(h -> concat(${body}), [${hex}])[1])`;
}

/** A JSON object of [name, SQL expression of the JSON value] pairs. */
export function jsonObject(fields: readonly (readonly [string, string])[]): string {
  const parts = fields.flatMap(([name, value], i) => [quote(`${i === 0 ? "{" : ","}"${name}":`), value]);
  return `concat(${[...parts, "'}'"].join(", ")})`;
}

/** The JSON string of a text that needs no escaping, or is escaped already. */
export function jsonText(text: string): string {
  return `concat('"', ${text}, '"')`;
}
