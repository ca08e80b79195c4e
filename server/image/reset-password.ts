import { getEnv } from "@/lib/env";
import { resetAndReport } from "../password-reset";

/** Prints a link that sets a new password once, or takes the new password from standard input. */
async function main(): Promise<void> {
  getEnv();
  await resetAndReport(process.argv.slice(2));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
