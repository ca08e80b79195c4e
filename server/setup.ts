import { closeDb } from "@/lib/db/client";
import { migrate, migrationUrl } from "@/lib/db/migrate";
import { getWebEnv } from "@/lib/env";
import { initialize, type Setup } from "@/lib/services/setup";

/** `npm run setup`: migrates the database and, if it is empty, creates the first login and prints it once. */
async function main(): Promise<void> {
  await migrate(migrationUrl(getWebEnv()));
  try {
    console.log(report(await initialize()));
  } finally {
    await closeDb();
  }
}

function report({ login, apiKey, sourceProjectId }: Setup): string {
  if (!login) return "The database is already set up. Nothing was created.";
  return [
    `Created an organization and a project that reads project ${sourceProjectId} of the source.`,
    `Email:    ${login.email}`,
    `Password: ${login.password}`,
    `API key:  ${apiKey}`,
    "They are shown only once. Sign in and change the password.",
  ].join("\n");
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
