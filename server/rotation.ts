import { closeDb, getDb } from "@/lib/db/client";
import { giveUpKeys, type Rotation, rotateKeys } from "@/lib/services/keys";
import { closeTemporal, getTemporal } from "@/lib/temporal/client";

/** The argument that replaces the key that signs receipts, even if no encryption key is new. */
export const NEW_SIGNING_KEY = "--new-signing-key";

/** The argument that goes on without keys that are lost. */
export const KEYS_ARE_LOST = "--keys-are-lost";

/** Re-encrypts all stored data under the first key, prints what was done, and sets the exit code. */
export async function rotateAndReport(args: readonly string[]): Promise<void> {
  try {
    if (args.includes(KEYS_ARE_LOST)) return await giveUp();
    const rotation = await rotateKeys({ newSigningKey: args.includes(NEW_SIGNING_KEY) });
    console.log(report(rotation));
    if (failuresOf(rotation).length > 0) process.exitCode = 1;
  } finally {
    await Promise.all([closeDb(), closeTemporal()]);
  }
}

async function giveUp(): Promise<void> {
  const { workflows, schedules } = await giveUpKeys({ db: getDb(), temporal: getTemporal() });
  console.log(`Ended ${workflows} workflows and removed ${schedules} schedules that can't be decrypted.`);
  console.log("Receipts are now signed with a new key. Start the workers, which create the schedules again.");
  console.log("Enter the secrets of connections and alert channels again; see docs/operations/lost-keys.md.");
}

const failuresOf = ({ stored, schedules }: Rotation) =>
  [...stored, schedules].flatMap(({ table, failures }) => failures.map((failure) => ({ table, ...failure })));

function report(rotation: Rotation): string {
  const { currentId, stored, schedules, uses } = rotation;
  const done = [...stored, schedules].map(({ table, resealed }) => `  ${table.padEnd(16)} ${resealed} encrypted again`);
  const failed = failuresOf(rotation).map(({ table, id, reason }) => `  ${table} ${id}: ${reason}`);
  const used = uses.map(
    ({ key, stored: rows, schedules: count, openWorkflows }) =>
      `  ${key.padEnd(16)} ${rows} stored, ${count} schedules, ${openWorkflows} open workflows${key === currentId ? " (the current key)" : ""}`,
  );
  const old = uses.filter(({ key }) => key !== currentId);
  const end =
    old.length === 0
      ? "The other keys are no longer needed. You can remove them from ENCRYPTION_KEYS."
      : "Keep the other keys. Open workflows end or continue with the current key. Run this again after that.";
  const signing = rotation.hasNewSigningKey ? ["Receipts are now signed with a new key."] : [];
  const trouble = failed.length === 0 ? [] : ["Not decrypted and not changed:", ...failed];
  return [`With the key ${currentId}:`, ...done, ...signing, ...trouble, "Keys in use:", ...used, end].join("\n");
}
