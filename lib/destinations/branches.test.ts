import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DESTINATION_TYPES } from "./catalog";

const anyType = DESTINATION_TYPES.join("|");

/** A type as a literal in any quotes, as in a comparison, a `case`, or a query's condition. */
const LITERAL = new RegExp(`(["'\`])(?:${anyType})\\1`);

/** A type's own modules, or its declaration by name. */
const MODULE = new RegExp(`destinations/(?:${anyType})/|\\bdestinations\\.(?:${anyType})\\b`);

/** Folders of a single type. */
const HOME = new RegExp(`^(?:lib|components)/destinations/(?:${anyType})/`);

/** Files that may name a type, each with the reason. */
const LITERALS: Readonly<Record<string, string>> = {
  "lib/ip/allowed.ts": "ALLOWED_PRIVATE_HOSTS names what a host is for; it is parsed below the rank of destinations.",
  "lib/services/health/check.ts": "The check called postgres is of Penstock's own database.",
};

/** Files that may import modules of a type, each with the reason. */
const MODULES: Readonly<Record<string, string>> = {
  "lib/openapi/components.ts": "The API makes policies for S3 only.",
  "lib/openapi/operations/connections.ts": "The API makes policies for S3 only.",
  "lib/services/connections/policy.ts": "The API makes policies for S3 only.",
};

const sources = globSync("{lib,components,app,worker}/**/*.{ts,tsx}")
  .filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith("worker/tests/"))
  .filter((file) => !HOME.test(file) && !/^lib\/destinations\/[^/]+$/.test(file))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

const matching = (pattern: RegExp) =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort();

describe("outside its own folders, a destination's type", () => {
  it("is found by the patterns", () => {
    expect('type === "s3"').toMatch(LITERAL);
    expect("case 'postgres':").toMatch(LITERAL);
    expect('from "@/lib/destinations/s3/schema"').toMatch(MODULE);
    expect('from "@/lib/destinations/warehouse/tables"').not.toMatch(MODULE);
    expect(sources.length).toBeGreaterThan(500);
  });

  it("is not branched on: ask for its kind, or for what it declares", () => {
    expect(matching(LITERAL)).toEqual(Object.keys(LITERALS));
  });

  it("is not imported: what all of a kind share is in files and warehouse", () => {
    expect(matching(MODULE)).toEqual(Object.keys(MODULES));
  });
});
