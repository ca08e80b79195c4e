import { afterEach, describe, expect, it, vi } from "vitest";
import { type ApiError, pathOf, request, TEXT } from "./client";
import * as operations from "./operations";

const ID = "0b0e7c7e-3a55-4f8e-9a3c-1c8a1f3f5a01";

afterEach(() => vi.unstubAllGlobals());

function answering(response: Response) {
  const fetched = vi.fn<typeof fetch>(async () => response);
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

const failed = (response: Response) => {
  answering(response);
  return request("getMe", {}).catch((error: ApiError) => error);
};

describe("the path of a request", () => {
  it("has its parameters and the parts of the query that are there", () => {
    const query = { state: null, from: undefined, limit: 25, cursor: "a b" };
    expect(pathOf("listRuns", { params: { id: ID }, query })).toBe(`/api/exports/${ID}/runs?limit=25&cursor=a+b`);
    expect(pathOf("listRuns", { params: { id: ID } })).toBe(`/api/exports/${ID}/runs`);
  });

  it("keeps a parameter within its segment", () =>
    expect(pathOf("endSession", { params: { sessionId: "../x?y" } })).toBe("/api/me/sessions/..%2Fx%3Fy"));
});

describe("a request", () => {
  it("has the operation's method, the body and what the caller adds", async () => {
    const fetched = answering(Response.json({ id: ID }));
    const via = { base: "https://penstock.example", headers: { authorization: "Bearer pk_1" } };
    expect(await request("patchExport", { params: { id: ID }, body: { name: "Daily" } }, via)).toEqual({ id: ID });
    const [address, init] = fetched.mock.calls[0] ?? [];
    expect([address, init?.method, init?.body]).toEqual([
      `https://penstock.example/api/exports/${ID}`,
      "PATCH",
      '{"name":"Daily"}',
    ]);
    expect(init?.headers).toEqual({ "content-type": "application/json", ...via.headers });
  });

  it("answers nothing where there is no body, and text as it is", async () => {
    answering(new Response(null, { status: 204 }));
    expect(await request("deleteExport", { params: { id: ID } })).toBeUndefined();
    answering(new Response("a\nb", { headers: { "content-type": "text/plain; charset=utf-8" } }));
    expect(await request("downloadRunLogs", { params: { id: ID } })).toBe("a\nb");
  });

  it("refuses what isn't JSON where the operation answers with JSON", async () => {
    const strange = new Response("OK", { headers: { "content-type": "text/plain" } });
    expect(await failed(strange)).toMatchObject({ status: 200, code: "not_json" });
  });

  it("reads the operations as text that declare text", () => {
    const declared = Object.values(operations).filter(({ content }) => content !== "application/json");
    expect([...TEXT].sort()).toEqual(declared.map(({ id }) => id).sort());
  });

  it("fails with what the API says, or says that it says nothing", async () => {
    const error = { code: "not_found", message: "There is no such export.", details: [] };
    expect(await failed(Response.json({ error }, { status: 404 }))).toMatchObject({ ...error, status: 404 });
    expect(await failed(new Response("<html>", { status: 502 }))).toMatchObject({
      status: 502,
      code: "unexpected",
      message: expect.stringContaining("502"),
    });
    vi.stubGlobal("fetch", vi.fn().mockRejectedValue(new TypeError("fetch failed")));
    await expect(request("getMe", {})).rejects.toMatchObject({ status: 0, code: "network" });
  });
});
