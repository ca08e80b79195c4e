import { resolve } from "node:path";
import { localEnv } from "@/local/run/local-env";

/**
 * `npm run reset-password -- <email>`: prints a link that sets a new password once. With `--stdin`, takes the new
 * password from standard input instead. Without DATABASE_URL, works on the stack of `npm start`.
 */
async function main(args: string[]): Promise<void> {
  if (!process.env.DATABASE_URL)
    Object.assign(process.env, localEnv(resolve(process.env.PENSTOCK_DATA_DIR || ".data")));
  const { resetAndReport } = await import("./password-reset");
  await resetAndReport(args);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
