import { afterEach, expect, it, vi } from "vitest";

const builtFor = async (path: string) => {
  vi.stubEnv("PENSTOCK_BASE_PATH", path);
  vi.resetModules();
  const [paths, { signInPath }] = await Promise.all([import("./base-path"), import("./client/sign-in-path")]);
  return { ...paths, signInPath };
};
afterEach(() => vi.unstubAllEnvs());

it.each([
  ["", "/exports", "/exports", "/exports"],
  ["/penstock", "/exports", "/penstock/exports", "/exports"],
  ["/a/b", "/", "/a/b/", "/"],
])("a build for %j adds its base path to %s, and takes it away", async (base, path, outside, inside) => {
  const { atBase, belowBase } = await builtFor(base);
  expect(atBase(path)).toBe(outside);
  expect(belowBase(atBase(path))).toBe(inside);
});

it("only whole segments are the base path", async () => {
  const { belowBase } = await builtFor("/penstock");
  expect([belowBase("/penstocks/x"), belowBase("/penstock"), belowBase("/x")]).toEqual(["/penstocks/x", "/", "/x"]);
});

it("signing in leads back by Next's router, which adds the base path", async () => {
  const { signInPath } = await builtFor("/penstock");
  expect(signInPath({ pathname: "/penstock/exports", search: "?a=1" })).toBe(
    "/penstock/sign-in?next=%2Fexports%3Fa%3D1",
  );
});

it.each(["", "/penstock", "/a/b-c_d.e~f"])("accepts %j", async (path) => {
  expect((await builtFor(path)).requireBasePath(path)).toBeUndefined();
});

it.each(["/", "penstock", "/penstock/", "/a//b", "/a b", "/[x]"])("refuses %j", async (path) => {
  const { requireBasePath } = await builtFor("");
  expect(() => requireBasePath(path)).toThrow("PENSTOCK_BASE_PATH must be");
});

it.each([
  ["", "https://penstock.example.com/", null],
  ["/penstock", "https://example.com/penstock/", null],
  ["", "https://example.com/penstock", "PENSTOCK_BASE_PATH=/penstock"],
  [
    "/penstock",
    "http://[::1]:3000",
    "APP_URL points to the root of its host, but this build of the app is for /penstock",
  ],
])("a build for %j at %s", async (base, url, why) => {
  const mismatch = (await builtFor(base)).basePathMismatch(url);
  if (why === null) expect(mismatch).toBeNull();
  else expect(mismatch).toContain(why);
});
