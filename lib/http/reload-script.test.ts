import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RELOAD_SCRIPT, reloadIfGone } from "./reload-script";

const CHUNK = { tagName: "SCRIPT", src: "https://x/_next/static/chunks/1.js" };

/** A window that counts reloads. `fail` loads an element in vain. */
function openPage({ remembers = true, isReachable = true } = {}) {
  const kept = new Map<string, string>();
  const listeners: ((event: object) => void)[] = [];
  const reload = vi.fn();
  const page = {
    addEventListener: (_: string, listener: (event: object) => void) => listeners.push(listener),
    fetch: () =>
      isReachable ? Promise.resolve(new Response(null, { status: 404 })) : Promise.reject(new Error("off")),
    sessionStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => {
        if (!remembers) throw new Error("denied");
        kept.set(key, value);
      },
    },
    location: { reload },
  };
  const fail = async (target: object | null) => {
    for (const listener of listeners) listener({ target });
    await Promise.resolve().then(() => Promise.resolve());
  };
  return { page: page as unknown as Window, reload, fail };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("reloads once, and again only after a minute", async () => {
  const { page, reload, fail } = openPage();
  reloadIfGone(page);
  const reloads: number[] = [];
  for (const pause of [0, 1, 59_998, 2]) {
    vi.advanceTimersByTime(pause);
    await fail(CHUNK);
    reloads.push(reload.mock.calls.length);
  }
  expect(reloads).toEqual([1, 1, 1, 2]);
});

it.each([
  ["nothing can be remembered", { remembers: false }],
  ["the server can't be reached", { isReachable: false }],
])("never reloads where %s", async (_, settings) => {
  const { page, reload, fail } = openPage(settings);
  reloadIfGone(page);
  await fail(CHUNK);
  expect(reload).not.toHaveBeenCalled();
});

it.each([
  [CHUNK, 1],
  [{ tagName: "SCRIPT", src: "https://x/penstock/_next/static/chunks/1.js" }, 1],
  [{ tagName: "LINK", rel: "stylesheet", href: "https://x/_next/static/css/1.css" }, 1],
  [{ tagName: "LINK", rel: "preload", href: "https://x/_next/static/chunks/1.js" }, 0],
  [{ tagName: "IMG", src: "https://x/_next/static/media/1.png" }, 0],
  [{ tagName: "SCRIPT", src: "https://elsewhere.example/1.js" }, 0],
  [null, 0],
])("for the failed %j reloads %d times, as a script in the page", async (target, times) => {
  const { page, reload, fail } = openPage();
  new Function("window", RELOAD_SCRIPT)(page);
  await fail(target);
  expect(reload).toHaveBeenCalledTimes(times);
});
