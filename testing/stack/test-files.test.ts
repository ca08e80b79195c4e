import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LONG_FILES } from "./long-files";

const files = globSync("{app,bench,components,lib,local,server,testing,verifier,worker}/**/*.test.{ts,tsx}");
const withText = (text: RegExp) => files.filter((file) => text.test(readFileSync(file, "utf8")));

test("what is only sampled is run whole by npm run test:long", () => {
  const sampled = withText(/runs\/(is-long|sample)"/);
  expect(sampled.length).toBeGreaterThan(20);
  expect(sampled.filter((file) => !LONG_FILES.some((part) => file.includes(part)))).toEqual([]);
  expect(LONG_FILES.filter((part) => !files.some((file) => file.includes(part)))).toEqual([]);
});

test("tests that replace modules or the environment are isolated from others", () => {
  const replacing = withText(/\bvi\.(mock|doMock|stubEnv|resetModules)\(/).filter(
    (file) => !/\.integration\./.test(file),
  );
  expect(replacing.length).toBeGreaterThan(10);
  expect(replacing.filter((file) => !file.endsWith(".isolated.test.ts"))).toEqual([]);
});
