import { describe, expect, it } from "vitest";
import { MIB } from "@/lib/units";
import { readJson } from "./body";

const JSON_TYPE = { "content-type": "application/json" };

const request = (body: BodyInit | null) =>
  new Request("http://127.0.0.1/", { method: "POST", body, duplex: "half", headers: JSON_TYPE } as RequestInit);

/** A body without a Content-Length. */
const streamed = (bytes: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let sent = 0; sent < bytes; sent += 65_536) controller.enqueue(new Uint8Array(65_536).fill(0x20));
      controller.close();
    },
  });

describe("a JSON body", () => {
  it("comes as it was sent", async () => {
    expect(await readJson(request('{"a": [1, "é"]}'))).toEqual({ a: [1, "é"] });
  });

  it.each([
    ["none", null, 400],
    ["half a one", '{"a": ', 400],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["over 1 MB", " ".repeat(MIB + 1), 413],
    ["over 1 MB without saying so", streamed(2 * MIB), 413],
  ])("is refused: %s", async (_, body, status) => {
    await expect(readJson(request(body))).rejects.toMatchObject({ status });
  });

  it.each([
    ["text/plain", 415],
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["text/plain; application/json", 415],
    ["application/jsonp", 415],
    ["Application/JSON; charset=utf-8", null],
  ])("sent as %s answers %s", async (type, status) => {
    const headers = { "content-type": type };
    const reading = readJson(new Request("http://127.0.0.1/", { method: "POST", body: "{}", headers }));
    if (status === null) expect(await reading).toEqual({});
    else await expect(reading).rejects.toMatchObject({ status });
  });

  it("may come as anything from whoever sends a key along, which no form can", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded", authorization: "Bearer pk_1" };
    expect(await readJson(new Request("http://127.0.0.1/", { method: "POST", body: "{}", headers }))).toEqual({});
  });
});
