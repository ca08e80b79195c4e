import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../core/bytes";
import { rowCounter } from "../core/rows/count";
import { type How, howOf } from "../core/rows/how";
import type { Receipt, Receipt1, Receipt2 } from "../core/shapes/receipt";

function count(how: Omit<How, "codec">, bytes: Uint8Array, cuts: readonly number[] = []): number {
  const counter = rowCounter({ ...how, codec: "none" });
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    counter.add(bytes.subarray(from, cut));
    from = cut;
  }
  return counter.end();
}

const cuts = fc.array(fc.nat(), { maxLength: 5 });
const field = fc.oneof(
  fc.constantFrom("", "1", "-2.5"),
  fc
    .array(fc.constantFrom('"', "\n", "\r\n", ",", "a", "☃"), { maxLength: 6 })
    .map((parts) => `"${parts.join("").replaceAll('"', '""')}"`),
);

describe("rows", () => {
  it("are records of CSV, with line breaks within quotes, wherever chunks end", () => {
    const records = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(records, cuts, fc.constantFrom("\n", "\r\n"), (rows, at, end) => {
        const text = `a,b${end}${rows.map((row) => row.join(",") + end).join("")}`;
        expect(count({ form: "csv", frame: 1 }, utf8(text), at)).toBe(rows.length);
      }),
    );
  });

  it("are lines of JSON, wherever chunks end", () => {
    fc.assert(
      fc.property(fc.array(fc.json()), cuts, (rows, at) => {
        const text = rows.map((row) => `${row.replaceAll(/\s/g, " ")}\n`).join("");
        expect(count({ form: "lines", frame: 0 }, utf8(text), at)).toBe(rows.length);
      }),
    );
  });

  it.each([
    ["a line without an end", { form: "lines", frame: 0 }, "{}\n{}"],
    ["a record without an end", { form: "csv", frame: 1 }, "a\r\n1"],
    ["a quote that is not closed", { form: "csv", frame: 1 }, 'a\r\n"1\r\n'],
    ["a document without its root's end", { form: "lines", frame: 3 }, "<?xml?>\n<events>\n"],
    ["what is no Parquet file", { form: "parquet", frame: 0 }, "PAR1 and something else"],
    ["a footer longer than its file", { form: "parquet", frame: 0 }, "PAR1\x7f\0\0\0PAR1"],
  ] as const)("are not counted in %s", (_, how, text) => {
    expect(() => count(how, utf8(text))).toThrow();
  });

  it("are none in an empty file", () => {
    for (const form of ["lines", "csv", "parquet"] as const)
      expect(count({ form, frame: 1 }, new Uint8Array(0))).toBe(0);
  });
});

const second = (layout: string, format: string, compression: string) =>
  ({ version: 2, layout, format, compression }) as unknown as Receipt2;
const first = { version: 1, requestId: "9f-1" } as unknown as Receipt1;

describe("how a file is written", () => {
  it.each<[Receipt, string, How | null]>([
    [second("template", "jsonl", "gzip"), "a.jsonl.gz", { form: "lines", frame: 0, codec: "gzip" }],
    [second("hive", "csv", "none"), "a.csv", { form: "csv", frame: 1, codec: "none" }],
    [second("hive", "xml", "zstd"), "a.xml.zst", { form: "lines", frame: 3, codec: "zstd" }],
    [second("hive", "parquet", "gzip"), "a.parquet", { form: "parquet", frame: 0, codec: "none" }],
    [second("amplitude", "jsonl", "gzip"), "a.json.gz", { form: "lines", frame: 0, codec: "gzip" }],
    [second("clevertap", "jsonl", "gzip"), "a.json.gz", { form: "lines", frame: 1, codec: "gzip" }],
    [second("clevertap", "parquet", "gzip"), "a.parquet.gz", { form: "parquet", frame: 0, codec: "gzip" }],
    [first, "a/b.jsonl.gz", { form: "lines", frame: 0, codec: "gzip" }],
    [first, "a/187520_2020-01-25_17#1.json.gz", { form: "lines", frame: 0, codec: "gzip" }],
    [first, "a/9f-1-20260329010203-Up-20260329-1-9.json.gz", { form: "lines", frame: 1, codec: "gzip" }],
    [first, "a.csv.zst", { form: "csv", frame: 1, codec: "zstd" }],
    [first, "a.parquet", { form: "parquet", frame: 0, codec: "none" }],
    [first, "a.txt", null],
  ])("%#: %o, %s", (receipt, key, how) => {
    expect(howOf(receipt, key)).toEqual(how);
  });
});
