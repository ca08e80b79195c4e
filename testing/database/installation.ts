import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { migrate } from "@/lib/db/migrate";
import { asAdmin } from "./own-database";

interface Journal {
  entries: { tag: string }[];
}

const DRIZZLE = join(process.cwd(), "drizzle");
const DUMP = fileURLToPath(new URL("installation.sql", import.meta.url));
/** The newest migration in the dump. */
const NEWEST = "0004_vocabulary";

/** The key that seals its secrets; deliberately public. */
export const INSTALLATION_KEYS = `test:${Buffer.alloc(32, 7).toString("base64")}`;

/** A database with an existing installation, at its original schema. */
export interface Installation {
  url: string;
  /** Migrates it to the newest schema. */
  migrate(): Promise<void>;
  /** Every row of every table, as an object by column. */
  rows(): Promise<Map<string, Record<string, unknown>[]>>;
  query<T extends object>(sql: string): Promise<T[]>;
  close(): Promise<void>;
}

/** The migrations up to and including `NEWEST`, in a separate folder. */
function olderMigrations(): string {
  const folder = mkdtempSync(join(tmpdir(), "penstock-migrations-"));
  const journal = JSON.parse(readFileSync(join(DRIZZLE, "meta", "_journal.json"), "utf8")) as Journal;
  const entries = journal.entries.slice(0, journal.entries.findIndex(({ tag }) => tag === NEWEST) + 1);
  for (const { tag } of entries) cpSync(join(DRIZZLE, `${tag}.sql`), join(folder, `${tag}.sql`));
  mkdirSync(join(folder, "meta"));
  writeFileSync(join(folder, "meta", "_journal.json"), JSON.stringify({ ...journal, entries }));
  return folder;
}

/** Creates a database next to that at `server` and loads the installation into it. */
export async function openInstallation(server: string): Promise<Installation> {
  const name = `installation_${randomBytes(6).toString("hex")}`;
  await asAdmin(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const folder = olderMigrations();
  await migrate(url.href, folder).finally(() => rmSync(folder, { recursive: true }));
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(readFileSync(DUMP, "utf8"));
  const query = async <T extends object>(sql: string) => (await client.query<T>(sql)).rows;
  const rows = async () => {
    const tables = await query<{ name: string }>("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const all = new Map<string, Record<string, unknown>[]>();
    for (const table of tables) {
      const found = await query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM "${table.name}" t ORDER BY t::text`,
      );
      all.set(
        table.name,
        found.map(({ row }) => row),
      );
    }
    return all;
  };
  const close = async () => {
    await client.end();
    await asAdmin(server, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  return { url: url.href, migrate: () => migrate(url.href), rows, query, close };
}
