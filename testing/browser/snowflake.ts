import type { Page } from "@playwright/test";
import { withSnowflake } from "@/lib/destinations/snowflake/client";
import { quote } from "@/lib/destinations/snowflake/names";
import { snowflakeConfigSchema, snowflakeSecretSchema } from "@/lib/destinations/snowflake/schema";
import { type Fakesnow, startFakesnow } from "@/testing/stack/fakesnow";
import { unique } from "./api";
import { logOf, type TestWarehouse } from "./warehouse";

/** An empty database in a new fakesnow, a stand-in for Snowflake. */
export async function openFakesnow(): Promise<TestWarehouse> {
  const { connection, stop } = await startFakesnow(logOf("fakesnow"));
  const connectionName = unique("snowflake");
  return {
    connectionName,
    fill: (page) => fill(page, connectionName, connection),
    count: (table) => count(connection, table),
    remove: stop,
  };
}

async function fill(page: Page, name: string, connection: Fakesnow["connection"]): Promise<void> {
  await page.getByRole("radio", { name: /^Snowflake/ }).click();
  await page.getByLabel("Connection name").fill(name);
  await page.getByLabel("Account", { exact: true }).fill(connection.account);
  await page.getByLabel("User", { exact: true }).fill(connection.username);
  await page.getByLabel("Private key (PEM)").fill(connection.privateKey);
  await page.getByLabel("Key passphrase").fill(connection.passphrase);
  await page.getByLabel("Warehouse", { exact: true }).fill(connection.warehouse);
  await page.getByLabel("Database").fill(connection.database);
  await page.getByLabel("Schema").fill(connection.schema);
  await page.getByRole("textbox", { name: /^Address/ }).fill(connection.accessUrl);
}

function count(connection: Fakesnow["connection"], table: string): Promise<number> {
  const config = snowflakeConfigSchema.parse(connection);
  const secret = snowflakeSecretSchema.parse(connection);
  return withSnowflake({ config, secret, externalId: "" }, async (session) => {
    const { rows } = await session.query(`SELECT COUNT(*) AS "ROWS" FROM ${quote(table)}`);
    return Number(rows[0]?.ROWS);
  });
}
