import { migrate } from "@/lib/db/migrate";

/** Migrates the database at DATABASE_URL to the newest schema. */
async function main(): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Error(
      "DATABASE_URL is missing: set it to the metadata database, like postgres://user:password@host/penstock.",
    );
  await migrate(url);
  console.log("The database has the newest schema.");
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
