import { join, resolve } from "node:path";
import { loadKeys, saveKeys } from "@/local/parts/keys";
import { newEncryptionKey } from "@/local/parts/new-key";
import { localEnv } from "@/local/run/local-env";
import { holder } from "./process/lock";

/**
 * `npm run rotate-keys`: re-encrypts all stored data under the first key of ENCRYPTION_KEYS, while web and workers keep
 * running. Without DATABASE_URL, works on the stack of `npm start`. `--new-key` creates a key first;
 * `--new-signing-key` replaces the key that signs receipts; `--keys-are-lost` goes on without keys that are gone.
 */
async function main(args: string[]): Promise<void> {
  const known = ["--new-key", "--new-signing-key", "--keys-are-lost"];
  const unknown = args.find((arg) => !known.includes(arg));
  if (unknown !== undefined)
    throw new Error(`Unknown argument "${unknown}". Use: npm run rotate-keys [-- ${known.join(" | ")}]`);
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
      `New key: ${newEncryptionKey(given)}\nAdd it at the end of ENCRYPTION_KEYS and restart web and workers,`,
    );
    console.log("then put it first and restart them, then run npm run rotate-keys.");
    return;
  }
  const pid = holder(join(dataDir, "lock"));
  if (pid !== undefined)
    throw new Error(`Penstock is running (process ${pid}). Stop it first, so that it starts with the new key.`);
  const keys = loadKeys(dataDir);
  const made = newEncryptionKey(keys.encryptionKeys);
  saveKeys(dataDir, { ...keys, encryptionKeys: `${made},${keys.encryptionKeys}` });
  console.log(`The key ${made.split(":")[0]} is now the first one in ${join(dataDir, "keys.json")}.`);
  console.log("Run npm start, and then npm run rotate-keys while it is running.");
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
