import { afterEach, expect, it, vi } from "vitest";
import { api } from "./api";

afterEach(() => vi.unstubAllGlobals());

const answer = (value: unknown, etag: string) => new Response(JSON.stringify(value), { headers: { etag } });

it("takes an answer that was kept where the server says that it is still the same", async () => {
  const ask = vi
    .fn<typeof fetch>()
    .mockResolvedValueOnce(answer({ n: 1 }, '"one"'))
    .mockResolvedValueOnce(new Response(null, { status: 304 }))
    .mockResolvedValueOnce(answer({ n: 2 }, '"two"'))
    .mockResolvedValueOnce(new Response(null, { status: 304 }));
  vi.stubGlobal("fetch", ask);
  const found = [];
  for (let n = 0; n < 4; n += 1) found.push(await api("/kept", { keep: true }));
  expect(found).toEqual([{ n: 1 }, { n: 1 }, { n: 2 }, { n: 2 }]);
  const tags = ask.mock.calls.map(([, init]) => new Headers(init?.headers).get("if-none-match"));
  expect(tags).toEqual([null, '"one"', '"one"', '"two"']);
});

it("sends no tag where nothing is kept", async () => {
  const ask = vi.fn<typeof fetch>(async () => answer({}, '"one"'));
  vi.stubGlobal("fetch", ask);
  for (let n = 0; n < 2; n += 1) await api("/not-kept");
  for (const [, init] of ask.mock.calls) expect(new Headers(init?.headers).has("if-none-match")).toBe(false);
});
