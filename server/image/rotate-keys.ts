import { getEnv } from "@/lib/env";
import { rotateAndReport } from "../rotation";

/** Re-encrypts all stored data under the first key of ENCRYPTION_KEYS, while web and workers keep running. */
async function main(): Promise<void> {
  getEnv();
  await rotateAndReport(process.argv.slice(2));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
