import { describe, expect, it } from "vitest";
import { jsonResponse } from "./json-response";

const ask = (answer: unknown, headers: Record<string, string> = {}, method = "GET") =>
  jsonResponse(answer, new Request("http://penstock.test/api", { method, headers }), 200);

const tag = ask({ a: 1 }).headers.get("etag") ?? "";

describe("an answer", () => {
  it("has a tag of its own", () => {
    expect(ask({ a: 1 }).headers.get("etag")).toBe(tag);
    expect(ask({ a: 2 }).headers.get("etag")).not.toBe(tag);
  });

  it.each([
    ["its tag", tag],
    ["its tag as a weak one", `W/${tag}`],
    ["its tag among others", `"other", ${tag}`],
  ])("is not sent again to whoever sends %s", async (_, sent) => {
    const response = ask({ a: 1 }, { "if-none-match": sent });
    expect([response.status, await response.text()]).toEqual([304, ""]);
    expect(response.headers.get("etag")).toBe(tag);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it.each([
    ["has changed", () => ask({ a: 2 }, { "if-none-match": tag }), { a: 2 }],
    ["is asked for with no tag", () => ask({ a: 1 }), { a: 1 }],
    ["is of a change", () => ask({ a: 1 }, { "if-none-match": tag }, "POST"), { a: 1 }],
  ])("is sent where it %s", async (_, answer, expected) => {
    const response = answer();
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual(expected);
  });
});
