import { closeDb } from "@/lib/db/client";
import { migrate } from "@/lib/db/migrate";
import { getWebEnv } from "@/lib/env";
import { initialize } from "@/lib/services/setup";

/** Migrates the database and, if it is empty, creates the first login, organization, project, and API key. */
async function main(): Promise<void> {
  await migrate(getWebEnv().DATABASE_URL);
  const { login, apiKey } = await initialize().finally(closeDb);
  if (!login) return console.log("The database has its first login already. Nothing was changed.");
  console.log(`Email:    ${login.email}\nPassword: ${login.password}\nAPI key:  ${apiKey}`);
  console.log("They are not shown again. Sign in and change the password.");
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
