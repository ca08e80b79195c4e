import { getEnv } from "@/lib/env";
import { showOrDecide } from "../installation-report";

/** Says whether nothing runs until an operator decides, and takes the decision as an argument. */
async function main(): Promise<void> {
  getEnv();
  await showOrDecide(process.argv.slice(2));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
