import { quote } from "@/lib/rows/quote";

/** People in the sample product; some visit often, most rarely. */
export const PEOPLE = 40_000;

/** Hashes the given expressions, the same on every run; `salt` separates its uses. */
export function hash(salt: string, ...keys: string[]): string {
  return `cityHash64(${[quote(salt), "{project:UInt32}", ...keys].join(", ")})`;
}

/** Picks one of the texts by hash; repeat a text to weight it. */
export function pick(texts: readonly string[], by: string): string {
  return `[${texts.map(quote).join(", ")}][1 + ${by} % ${texts.length}]`;
}

/** A UUID (version 4 in form) from a hash. */
export function uuid(salt: string, ...keys: string[]): string {
  const hex = `lower(hex(sipHash128(${[quote(salt), "{project:UInt32}", ...keys].join(", ")})))`;
  const pieces = [`substring(h, 1, 8), '-'`, `substring(h, 9, 4), '-4'`, `substring(h, 14, 3), '-a'`];
  const body = `${pieces.join(", ")}, substring(h, 18, 3), '-', substring(h, 21, 12)`;
  return `toUUID(arrayMap(h -> concat(${body}), [${hex}])[1])`;
}

/** A JSON object from [name, SQL expression of the JSON value] pairs. */
export function jsonObject(fields: readonly (readonly [string, string])[]): string {
  const parts = fields.flatMap(([name, value], i) => [quote(`${i === 0 ? "{" : ","}"${name}":`), value]);
  return `concat(${[...parts, "'}'"].join(", ")})`;
}

/** The JSON string of a text that needs no escaping or is already escaped. */
export function jsonText(text: string): string {
  return `concat('"', ${text}, '"')`;
}
