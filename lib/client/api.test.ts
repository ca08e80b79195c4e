import { afterEach, expect, it, vi } from "vitest";
import { ask } from "./api";

afterEach(() => vi.unstubAllGlobals());

const answer = (value: unknown, etag: string) => Response.json(value, { headers: { etag } });

it("takes an answer that was kept where the server says that it is still the same", async () => {
  const fetched = vi
    .fn<typeof fetch>()
    .mockResolvedValueOnce(answer({ n: 1 }, '"one"'))
    .mockResolvedValueOnce(new Response(null, { status: 304 }))
    .mockResolvedValueOnce(answer({ n: 2 }, '"two"'))
    .mockResolvedValueOnce(new Response(null, { status: 304 }));
  vi.stubGlobal("fetch", fetched);
  const found = [];
  for (let n = 0; n < 4; n += 1) found.push(await ask("getMe", {}, { keep: true }));
  expect(found).toEqual([{ n: 1 }, { n: 1 }, { n: 2 }, { n: 2 }]);
  const tags = fetched.mock.calls.map(([, init]) => new Headers(init?.headers).get("if-none-match"));
  expect(tags).toEqual([null, '"one"', '"one"', '"two"']);
});

it("sends no tag where nothing is kept", async () => {
  const fetched = vi.fn<typeof fetch>(async () => answer({}, '"one"'));
  vi.stubGlobal("fetch", fetched);
  for (let n = 0; n < 2; n += 1) await ask("getMe", {});
  for (const [, init] of fetched.mock.calls) expect(new Headers(init?.headers).has("if-none-match")).toBe(false);
});
