import { closeDb } from "@/lib/db/client";
import { asAdmin } from "./own-database";

/** A copy of a test's own database, to restore it from later. */
export interface Backup {
  /** Replaces the database by the copy. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/** Copies the database at DATABASE_URL, as `pg_dump` would. Closes this process's connections to it first. */
export async function backUp(): Promise<Backup> {
  const url = new URL(process.env.DATABASE_URL ?? "");
  const name = url.pathname.slice(1);
  url.pathname = "/postgres";
  const copy = `${name}_backup`;
  await closeDb();
  await asAdmin(url.href, `CREATE DATABASE ${copy} TEMPLATE ${name}`);
  return {
    restore: async () => {
      await closeDb();
      await asAdmin(url.href, `DROP DATABASE ${name} WITH (FORCE)`);
      await asAdmin(url.href, `CREATE DATABASE ${name} TEMPLATE ${copy}`);
    },
    remove: () => asAdmin(url.href, `DROP DATABASE ${copy} WITH (FORCE)`),
  };
}
