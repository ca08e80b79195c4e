import { expect, it } from "vitest";
import { migrationUrl } from "./migrate";
import { inWords } from "./migration-rights";

const failure = (message: string, code = "08P01") => Object.assign(new Error(message), { code });

it.each([
  [
    "a pooler without transactions",
    failure("transaction blocks not allowed in statement pooling mode"),
    "pool_mode = transaction or session",
  ],
  ["a parameter that PgBouncer refuses", failure("unsupported startup parameter: options"), "DATABASE_MIGRATION_URL"],
  ["another role's tables", failure("must be owner of table runs", "42501"), "the role that owns Penstock's tables"],
])("%s is said in words that name the setting", (_, error, words) => {
  expect(inWords(error)).toMatchObject({ message: expect.stringContaining(words), cause: error });
});

it("any other error stays as it is", () => {
  const error = failure("syntax error", "42601");
  expect(inWords(error)).toBe(error);
});

it.each([
  [undefined, "postgres://pooler/penstock"],
  ["postgres://direct/penstock", "postgres://direct/penstock"],
])("with DATABASE_MIGRATION_URL=%s, migrations connect to %s", (DATABASE_MIGRATION_URL, url) => {
  expect(migrationUrl({ DATABASE_URL: "postgres://pooler/penstock", DATABASE_MIGRATION_URL })).toBe(url);
});
