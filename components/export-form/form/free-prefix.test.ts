import { describe, expect, it } from "vitest";
import { settingsSchema } from "@/lib/destinations/settings";
import { newExport } from "./form";
import { renamedPrefix, withFreePrefix } from "./free-prefix";

describe("a prefix with a name of its own", () => {
  it.each([
    ["raw/{year}/{month}/", "", "raw-copy/{year}/{month}/"],
    ["raw/events/{year}/", "", "raw/events-copy/{year}/"],
    ["raw/day={day}/", "", "raw-copy/day={day}/"],
    ["{table_name}/{year}/", "", "copy/{table_name}/{year}/"],
    ["", "", "copy/"],
    ["raw/", "", "raw-copy/"],
    ["exports/penstock/{year}/", "exports/penstock/", "exports/penstock/copy/{year}/"],
    ["exports/penstock/a/{year}/", "exports/penstock/", "exports/penstock/a-copy/{year}/"],
  ])("of %j below %j is %j", (prefix, folder, expected) => {
    expect(renamedPrefix(prefix, folder, "copy")).toBe(expected);
  });
});

describe("the prefix of a copy", () => {
  const to = (prefix: string) => ({
    ...newExport(),
    destination: settingsSchema.parse({ type: "s3", prefix }),
  });
  const propose = (prefix: string, others: string[]) =>
    withFreePrefix(to(prefix), { exports: [prefix, ...others].map(to), folder: "", sourceProjectId: 1 }).destination;

  it.each([
    ["raw/{year}/", [], "raw-copy/{year}/"],
    ["raw/{year}/", ["raw-copy/{year}/"], "raw-copy-2/{year}/"],
    ["raw/{year}/", ["raw-copy/{year}/", "raw-copy-2/{year}/"], "raw-copy-3/{year}/"],
  ])("of %j beside %j is %j", (prefix, others, expected) => {
    expect(propose(prefix, others)).toMatchObject({ prefix: expected });
  });

  it("stays for a table, whose rows name their export", () => {
    const copy = { ...newExport(), destination: settingsSchema.parse({ type: "postgres" }) };
    expect(withFreePrefix(copy, { exports: [], folder: "", sourceProjectId: 1 })).toBe(copy);
  });
});
