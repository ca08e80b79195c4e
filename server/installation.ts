import { resolve } from "node:path";
import { localEnv } from "@/local/run/local-env";

/**
 * `npm run installation`: says whether nothing runs until an operator decides, and takes the decision as an argument.
 * Without DATABASE_URL, works on the stack of `npm start`.
 */
async function main(args: string[]): Promise<void> {
  if (!process.env.DATABASE_URL)
    Object.assign(process.env, localEnv(resolve(process.env.PENSTOCK_DATA_DIR || ".data")));
  const { showOrDecide } = await import("./installation-report");
  await showOrDecide(args);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
