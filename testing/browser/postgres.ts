import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { unique } from "./api";
import { choose } from "./choose";
import type { TestWarehouse } from "./warehouse";

/** A test's own schema in the stack's PostgreSQL, as a warehouse. */
export class TestSchema implements TestWarehouse {
  readonly name = `e2e_${randomUUID().slice(0, 8)}`;
  readonly connectionName = unique("postgres");

  static async make(): Promise<TestSchema> {
    const schema = new TestSchema();
    await getDb().execute(sql`CREATE SCHEMA ${sql.identifier(schema.name)}`);
    return schema;
  }

  async remove(): Promise<void> {
    await getDb().execute(sql`DROP SCHEMA ${sql.identifier(this.name)} CASCADE`);
  }

  async count(table: string): Promise<number> {
    const from = sql`${sql.identifier(this.name)}.${sql.identifier(table)}`;
    const { rows } = await getDb().execute<{ rows: number }>(sql`SELECT count(*)::int AS rows FROM ${from}`);
    return rows[0]?.rows ?? 0;
  }

  async fill(page: Page): Promise<void> {
    const { hostname, port, username, password, pathname } = new URL(process.env.DATABASE_URL ?? "");
    await page.getByRole("radio", { name: /^PostgreSQL/ }).click();
    await page.getByLabel("Connection name").fill(this.connectionName);
    await page.getByLabel("Host").fill(hostname);
    await page.getByLabel("Port").fill(port);
    await page.getByLabel("Database").fill(pathname.slice(1));
    await page.getByLabel("Schema").fill(this.name);
    await page.getByLabel("User", { exact: true }).fill(username);
    await page.getByLabel("Password").fill(decodeURIComponent(password));
    await choose(page, "TLS", "No encryption");
  }
}
