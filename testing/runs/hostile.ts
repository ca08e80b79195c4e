import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { type EventRow, eventRow } from "./events";

/** A column's bytes, and what a line must hold of them: a string, or this exact JSON text. */
export interface Hostile {
  bytes: Buffer;
  json: boolean;
}

export type HostileRow = Omit<EventRow, "properties" | "person_properties"> & {
  properties: Hostile;
  person_properties: Hostile;
};

const nested = (depth: number) => `${'{"a":['.repeat(depth)}1${"]}".repeat(depth)}`;

const validJson: fc.Arbitrary<string> = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, "\r\n\t")),
  fc.json().map((text) => `\r\n ${text} \r\n`),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map((n) => `{"n":${n},"list":[${n}.0,${n}e2,-0]}`),
  fc.integer({ min: -999, max: 99_999 }).map((e) => `{"n":[1e${e},2.5E${e}],"thai":"\\u0e12\\u1e400"}`),
  fc.string({ unit: "grapheme" }).map((text) => {
    const escaped = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16).padStart(4, "0"));
    return `{"${escaped.map((hex) => `\\u${hex}`).join("")}":"\\/\\b\\u0000\u2028"}`;
  }),
  fc.constantFrom(
    '{"a":9007199254740993,"b":18446744073709551615,"c":-9223372036854775809}',
    `{"pi":3.${"1234567890".repeat(30)}}`,
    '{"a":1,"a":2}',
    '{"":{"":[]}}',
    '"text"',
    "null",
    nested(500),
  ),
);

/** Text that is not JSON. */
const notJson: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom("", " ", "\0", "{", "{'a':1}", '{"a":1}}', '{"a":1,}', "NaN", "01", '{"a":"\n"}', '{"a":1}\0')
    .map(utf8),
  fc.constantFrom('{"a":"\\u00e+1234"}', '\ufeff{"a":1}', "line\r\nline\u2028").map(utf8),
  fc
    .json()
    .map((text) => utf8(`${text.slice(0, -1)}`.replace(/^[\s\S]*?(\d+)$/, "x$1")))
    .filter((bytes) => !isJson(bytes)),
  fc
    .uint8Array({ minLength: 1, maxLength: 12 })
    .map((bytes) => Buffer.concat([utf8('{"a":"'), Buffer.from([0xff]), bytes])),
);

function utf8(text: string): Buffer {
  return Buffer.from(text);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

const hostile = fc.oneof(
  { weight: 3, arbitrary: validJson.map((text) => ({ bytes: utf8(text), json: true })) },
  { weight: 2, arbitrary: notJson.map((bytes) => ({ bytes, json: false })) },
);

/** Arbitrary text: any bytes at all. */
export const hostileText = fc.oneof(
  fc.string({ unit: "grapheme" }).map(utf8),
  fc.string({ unit: "binary" }).map(utf8),
  fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom(
      "a/b/../c",
      "..",
      "'; DROP TABLE events --",
      '"quoted"',
      "\\",
      "\\n",
      "two\nlines\r",
      "\0",
      "👩‍👩‍👧 ünï",
      "{event}",
      "\t",
    )
    .map(utf8),
);

/** Rows with everything that ever broke an export, at times from `from` on, in microseconds. */
export const hostileRow = (from: number): fc.Arbitrary<HostileRow> =>
  fc
    .record({
      event: hostileText,
      distinct_id: hostileText,
      elements_chain: hostileText,
      ip: hostileText,
      properties: hostile,
      person_properties: hostile,
      at: fc.integer({ min: 0, max: 3_599_999_999 }),
      timestamp: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
    })
    .map(({ at, timestamp, ...values }) => ({
      ...eventRow(from + at),
      ...values,
      uuid: randomUUID(),
      timestamp,
      created_at: timestamp + 1,
    }));
