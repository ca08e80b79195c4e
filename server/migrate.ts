import { migrate, migrationUrl } from "@/lib/db/migrate";

/** Migrates the database at DATABASE_MIGRATION_URL, or else DATABASE_URL, to the newest schema. */
async function main(): Promise<void> {
  const { DATABASE_URL, DATABASE_MIGRATION_URL } = process.env;
  if (!DATABASE_URL)
    throw new Error(
      "DATABASE_URL: Missing. Set it to the metadata database, like postgres://user:password@host/penstock.",
    );
  await migrate(migrationUrl({ DATABASE_URL, DATABASE_MIGRATION_URL: DATABASE_MIGRATION_URL || undefined }));
  console.log("The database has the newest schema.");
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
