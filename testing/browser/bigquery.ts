import type { Page } from "@playwright/test";
import { BigqueryClient } from "@/lib/destinations/bigquery/client";
import { askOne } from "@/lib/destinations/bigquery/jobs";
import { bigqueryConfigSchema } from "@/lib/destinations/bigquery/schema";
import { type BqEmulator, startBqEmulator } from "@/testing/stack/bqemulator";
import { unique } from "./api";
import { logOf, type TestWarehouse } from "./warehouse";

/** An empty dataset in a new bqemulator, a stand-in for BigQuery. */
export async function openBqEmulator(): Promise<TestWarehouse> {
  const { connection, stop } = await startBqEmulator(logOf("bqemulator"));
  const connectionName = unique("bigquery");
  return {
    connectionName,
    fill: (page) => fill(page, connectionName, connection),
    count: (table) => count(connection, table),
    remove: stop,
  };
}

async function fill(page: Page, name: string, connection: BqEmulator["connection"]): Promise<void> {
  await page.getByRole("radio", { name: /^BigQuery/ }).click();
  await page.getByLabel("Connection name").fill(name);
  await page.getByLabel("Project", { exact: true }).fill(connection.projectId);
  await page.getByLabel("Dataset").fill(connection.dataset);
  await page.getByLabel("Location").fill(connection.location);
  await page.getByLabel("Service account key (JSON)").fill(connection.serviceAccountKey);
  await page.getByLabel("Address").fill(connection.apiEndpoint);
}

async function count(connection: BqEmulator["connection"], table: string): Promise<number> {
  const config = bigqueryConfigSchema.parse(connection);
  const { serviceAccountKey } = connection;
  const client = new BigqueryClient({ config, secret: { serviceAccountKey }, externalId: "" });
  const sql = `SELECT COUNT(*) FROM \`${config.projectId}.${config.dataset}.${table}\``;
  return Number(await askOne(client, { sql }).finally(() => client.close()));
}
