import { describe, expect, it } from "vitest";
import { columnsOf } from "../warehouse/tables";
import { typeOf } from "./sql";
import type { ColumnFacts, TargetFacts } from "./target-facts";
import { targetProblems } from "./target-problems";
import { targetOf } from "./targets";

const target = targetOf(
  { host: "h", port: 5432, database: "d", username: "u", schema: "public", tls: "disable", tlsCa: null },
  { type: "postgres", table: "{table_name}", commitMode: "replace", deletedPersons: "remove" },
  "events",
);

const column = (name: string, type: string, more: Partial<ColumnFacts> = {}): ColumnFacts => ({
  ...{ name, type, notNull: false, filled: false, generated: null },
  ...more,
});

/** A table as Penstock creates it, except for some columns. */
const tableWith = (...others: ColumnFacts[]): TargetFacts => ({
  kind: "r",
  owner: "ann",
  owned: true,
  columns: [
    ...columnsOf(target.table)
      .filter(({ name }) => !others.some((other) => other.name === name))
      // The catalog's name.
      .map((each) => column(each.name, each.kind === "time" ? "timestamp with time zone" : typeOf(each))),
    ...others,
  ],
});

const alter = (text: string) => `ALTER TABLE "public"."events" ALTER COLUMN ${text};`;

describe("what keeps an export from filling a table", () => {
  it.each<[string, TargetFacts, [message: string, statement: string | null][]]>([
    ["nothing where it is as Penstock makes it", tableWith(), []],
    [
      "types that hold something else, as PostHog's own table has them",
      tableWith(column("elements", "jsonb"), column("team_id", "integer"), column("ip", "timestamp with time zone")),
      [
        [
          "The column elements of events is jsonb, but must be text.",
          alter('"elements" TYPE text USING "elements"::text'),
        ],
        [
          "The column team_id of events is integer, but must be bigint.",
          alter('"team_id" TYPE bigint USING "team_id"::bigint'),
        ],
        [
          "The column ip of events is timestamp with time zone, but must be text.",
          alter('"ip" TYPE text USING "ip"::text'),
        ],
      ],
    ],
    [
      "a time without a zone",
      tableWith(column("timestamp", "timestamp without time zone")),
      [
        [
          "The column timestamp of events is timestamp without time zone, but must be timestamptz.",
          alter(`"timestamp" TYPE timestamptz USING "timestamp" AT TIME ZONE 'UTC'`),
        ],
      ],
    ],
    [
      "values that PostgreSQL generates",
      tableWith(
        column("ip", "text", { generated: "stored" }),
        column("event", "text", { generated: "virtual" }),
        column("team_id", "bigint", { generated: "identity", notNull: true }),
      ),
      [
        ["The column event of events can't be written: PostgreSQL generates its values.", null],
        [
          "The column team_id of events can't be written: PostgreSQL generates its values.",
          alter('"team_id" DROP IDENTITY'),
        ],
        ["The column ip of events can't be written: PostgreSQL generates its values.", alter('"ip" DROP EXPRESSION')],
      ],
    ],
    [
      "NOT NULL where some rows have none",
      tableWith(column("site_url", "text", { notNull: true }), column("uuid", "uuid", { notNull: true })),
      [
        [
          "The column site_url of events doesn't allow NULL, which some rows contain.",
          alter('"site_url" DROP NOT NULL'),
        ],
      ],
    ],
    [
      "columns of its own that need a value",
      tableWith(
        column("tenant", "text", { notNull: true }),
        column("id", "bigint", { notNull: true, filled: true }),
        column("note", "text"),
      ),
      [
        [
          "The column tenant of events requires a value in every row, and exports have none for it.",
          alter('"tenant" DROP NOT NULL'),
        ],
      ],
    ],
    ["a materialized view", { ...tableWith(), kind: "m" }, [["events exists, but isn't a table.", null]]],
  ])("%s", (_, facts, problems) => {
    expect(targetProblems(target, facts).map(({ message, statement }) => [message, statement])).toEqual(problems);
  });

  it("is a column that is missing, where another role owns the table", () => {
    const { columns, ...table } = tableWith();
    const lacking = { ...table, columns: columns.filter(({ name }) => name !== "_run_id" && name !== "set") };
    expect(targetProblems(target, lacking)).toEqual([]);
    expect(targetProblems(target, { ...lacking, owned: false })).toEqual([
      {
        message: "events doesn't have the columns set, _run_id, which only its owner ann can add.",
        statement: 'ALTER TABLE "public"."events" ADD COLUMN "set" jsonb, ADD COLUMN "_run_id" text;',
      },
    ]);
    expect(targetProblems(target, { ...tableWith(), owned: false })).toEqual([]);
  });
});
