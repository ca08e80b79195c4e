import { setTimeout as pause } from "node:timers/promises";
import { closeDb, getDb } from "@/lib/db/client";
import { DECISIONS, decisionSchema } from "@/lib/fields/installation";
import type { Installation } from "@/lib/schemas/installation";
import { decide, readInstallation } from "@/lib/services/installation";

/** How often the command looks whether a worker has carried out the decision, in ms. */
const INTERVAL = 1_000;

/** Prints the state of the installation. With a decision, records it and waits until a worker has carried it out. */
export async function showOrDecide(args: readonly string[]): Promise<void> {
  try {
    const [given] = args;
    const { data: decision } = decisionSchema.safeParse(given);
    if (args.length > 1 || (given !== undefined && decision === undefined))
      throw new Error(`Unknown argument "${args.join(" ")}". Use: npm run installation [-- ${DECISIONS.join(" | ")}]`);
    if (decision) {
      await decide(getDb(), decision, null);
      console.log("Decided. Waiting for a worker to carry it out…");
      while ((await readInstallation()).hold) await pause(INTERVAL);
    }
    console.log(report(await readInstallation()));
  } finally {
    await closeDb();
  }
}

function report({ id, hold, decided, choices, recovery, recoveredAt }: Installation): string {
  const lines = [`Installation ${id}`];
  if (hold) {
    lines.push(`On hold since ${hold.since}: ${hold.facts}`);
    lines.push(decided ? `${decided.by} decided: ${decided.decision}.` : `Decide: ${choices.join(", ")}.`);
  } else lines.push("There is nothing to decide.");
  if (recovery) {
    const { adopted, paused, refused, orphanCount, lost } = recovery;
    lines.push(`The last decision was carried out at ${recoveredAt}:`);
    lines.push(`  ${adopted} windows recovered from receipts, ${refused.length} receipts refused`);
    lines.push(`  ${orphanCount} objects that aren't in any receipt`);
    for (const { name, why } of paused) lines.push(`  paused “${name}”: ${why}`);
    for (const lostId of lost) lines.push(`  lost the export ${lostId}, created after the backup`);
  }
  return lines.join("\n");
}
