import { afterAll, expect, it } from "vitest";
import { getEnv } from "../../env";
import { closeSource, getSource, queryRows } from "../client";
import { profileStatement } from "./grants";

const before = { ...getEnv() };
afterAll(async () => {
  Object.assign(getEnv(), before);
  await closeSource();
});

// The local server can't create users by SQL, so this only checks that ClickHouse parses the statements as intended.
it.each(["penstock_reader", "a `user`\\ with; quotes"])(
  "statements to paste can be read, for the user %s",
  async (user) => {
    Object.assign(getEnv(), { CLICKHOUSE_USERNAME: user });
    const statements = profileStatement()
      .split("\n")
      .filter((line) => !line.startsWith("--"))
      .map((line) => line.replace(/;$/, ""));
    Object.assign(getEnv(), before);
    expect(statements).toHaveLength(6);
    for (const statement of statements) {
      const [row] = await queryRows<{ read: string }>(
        getSource(),
        "SELECT formatQuerySingleLine({statement:String}) AS read",
        {
          params: {
            statement,
          },
        },
      );
      expect(row?.read).toMatch(/^(CREATE SETTINGS PROFILE|ALTER USER|GRANT SELECT)/);
    }
  },
);
