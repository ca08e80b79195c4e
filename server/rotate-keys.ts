import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { loadKeys, saveKeys } from "@/local/parts/keys";
import { newEncryptionKey } from "@/local/parts/new-key";
import { stackEnv } from "@/local/parts/stack-env";
import { type StackFile, stackFile } from "@/local/run/stack-file";
import { holder } from "./process/lock";

/**
 * `npm run rotate-keys`: re-encrypts all stored data under the first key of ENCRYPTION_KEYS, while web and workers keep
 * running. Without DATABASE_URL, works on the stack of `npm start`. `--new-key` creates a key first;
 * `--new-signing-key` replaces the key that signs receipts.
 */
async function main(args: string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== "--new-key" && arg !== "--new-signing-key");
  if (unknown !== undefined)
    throw new Error(`Unknown argument "${unknown}". Use: npm run rotate-keys [-- --new-key | --new-signing-key]`);
  const dataDir = resolve(process.env.PENSTOCK_DATA_DIR || ".data");
  if (args.includes("--new-key")) return makeKey(dataDir);
  if (!process.env.DATABASE_URL) Object.assign(process.env, localEnv(dataDir));
  const { rotateAndReport } = await import("./rotation");
  await rotateAndReport(args);
}

function makeKey(dataDir: string): void {
  const given = process.env.ENCRYPTION_KEYS;
  if (given) {
    console.log(
      `A new key: ${newEncryptionKey(given)}\nAdd it at the end of ENCRYPTION_KEYS and start web and workers again;`,
    );
    console.log("then put it first and start them again; then run npm run rotate-keys.");
    return;
  }
  const pid = holder(join(dataDir, "lock"));
  if (pid !== undefined)
    throw new Error(`Penstock is running (process ${pid}): stop it first, so that it starts with the new key.`);
  const keys = loadKeys(dataDir);
  const made = newEncryptionKey(keys.encryptionKeys);
  saveKeys(dataDir, { ...keys, encryptionKeys: `${made},${keys.encryptionKeys}` });
  console.log(`The key ${made.split(":")[0]} is the first one in ${join(dataDir, "keys.json")} now.`);
  console.log("Run npm start, and beside it npm run rotate-keys.");
}

function localEnv(dataDir: string): Record<string, string> {
  const file = stackFile(dataDir);
  if (!existsSync(file))
    throw new Error(
      "Nothing to work on: run npm start first, or set DATABASE_URL and the rest of the environment of web.",
    );
  const stack = JSON.parse(readFileSync(file, "utf8")) as StackFile;
  return stackEnv(stack, Number(new URL(stack.web).port), loadKeys(dataDir), process.env);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
