import { ClickHouseError } from "@clickhouse/client";
import { describe, expect, it } from "vitest";
import { errorAtEnd, requireFramed } from "./answer";

const TAG = "qigfcbzrpxkpnnvd";
const tagged = { "x-clickhouse-exception-tag": TAG };
const words =
  "Code: 241. DB::Exception: Query memory limit exceeded: would use 5 GiB. (MEMORY_LIMIT_EXCEEDED) (version 26.7.2.1)\n";
const block = `\r\n__exception__\r\n${TAG}\r\n${words}${words.length} ${TAG}\r\n__exception__\r\n`;
const rows = '{"n":1}\n{"n":2}\n';
const end = (text: string, headers: Record<string, string> = tagged) => errorAtEnd(Buffer.from(text), headers);

describe("the end of an answer", () => {
  it.each([
    ["tagged", `${rows}${block}`, tagged],
    ["tagged, and cut off by a proxy", `${rows}${block.slice(0, -20)}`, tagged],
    ["tagged, without any row", block, tagged],
    ["not tagged, after a row", `${rows}${words}`, {}],
    ["not tagged, alone", words, {}],
    ["not tagged, of an official build", `${rows}${words.replace("26.7.2.1)", "24.8.1.1 (official build))")}`, {}],
  ])("has an error: %s", (_, text, headers) => {
    const error = end(text, headers);
    expect(error).toBeInstanceOf(ClickHouseError);
    expect(error).toMatchObject({ code: "241", type: "MEMORY_LIMIT_EXCEEDED" });
  });

  it.each([
    ["rows", rows, tagged],
    ["nothing", "", tagged],
    ["a row that has the mark of another answer", `{"s":"__exception__"}\n${rows}`, tagged],
    ["a row that speaks of an error", `{"s":"Code: 1. DB::Exception: x (version 1.2)"}\n`, {}],
    ["an error's words before the last row", `${words}${rows}`, {}],
  ])("has none: %s", (_, text, headers) => {
    expect(end(text, headers)).toBeNull();
  });
});

describe("the length of an answer", () => {
  it.each([{ "content-length": "0" }, { "transfer-encoding": "chunked" }, { "transfer-encoding": "gzip, Chunked" }])(
    "is known: %j",
    (headers) => {
      expect(() => requireFramed(headers)).not.toThrow();
    },
  );

  it("is asked for", () => {
    expect(() => requireFramed({ connection: "close" })).toThrow("has no length");
  });
});
