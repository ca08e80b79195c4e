import path from "node:path";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { Client } from "pg";
import { inWords, MAY_MIGRATE, type Rights, refuseWithout } from "./migration-rights";
import { reaching } from "./pool";

/** An arbitrary number: web processes that start together take turns. */
const LOCK = 7_361_002;

const CREATE_SCHEMA = "create schema drizzle";
const CREATE_TABLE =
  "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)";
const NEWEST = "select created_at from drizzle.__drizzle_migrations order by created_at desc limit 1";
const NOTE = "insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)";

/** Where migrations connect to: past a pooler, if there is one. */
export const migrationUrl = (env: { DATABASE_URL: string; DATABASE_MIGRATION_URL?: string | undefined }): string =>
  env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL;

/**
 * Migrates the metadata database to the newest schema, in one transaction. Safe to call from several processes at once,
 * and through a pooler that gives every transaction another session.
 */
export async function migrate(url: string, folder = path.join(process.cwd(), "drizzle")): Promise<void> {
  const migrations = readMigrationFiles({ migrationsFolder: folder });
  const client = new Client(reaching(url, "penstock-migrate"));
  // The statement that runs reports a broken connection.
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("begin");
    await apply(client, migrations);
    await client.query("commit");
  } catch (error) {
    throw inWords(error);
  } finally {
    await client.end().catch(() => {});
  }
}

async function apply(client: Client, migrations: readonly MigrationMeta[]): Promise<void> {
  await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
  const { rows } = await client.query<Rights>(MAY_MIGRATE);
  const rights = rows[0]!;
  refuseWithout(rights);
  // Drizzle's own migrator asks for the right to create a schema even if the schema is there.
  if (!rights.hasSchema) await client.query(CREATE_SCHEMA);
  if (!rights.hasTable) await client.query(CREATE_TABLE);
  const newest = Number((await client.query<{ created_at: string }>(NEWEST)).rows[0]?.created_at ?? -1);
  for (const { sql, hash, folderMillis } of migrations.filter((it) => it.folderMillis > newest)) {
    for (const statement of sql) await client.query(statement);
    await client.query(NOTE, [hash, folderMillis]);
  }
}
