import type { VerifyStep } from "@/lib/fields/verification";
import { events } from "@/lib/rows/tables/events";
import { mergedIds } from "@/lib/rows/tables/merged-ids";
import { persons } from "@/lib/rows/tables/persons";
import { queryRows, type Source } from "../client";
import { duplicatesStep, speedStep } from "./rows-steps";
import { settingsStep } from "./settings-step";
import { clockStep, killStep, replicasStep } from "./state-steps";
import { passed, type SourceStep, take } from "./step";
import { tableStep } from "./table-step";

export interface Verified {
  settleSeconds: number;
  oneRowPerId: boolean;
  /** Tables that exports carry. */
  carried: ReadonlySet<string>;
  /** The database's current time. */
  now(): Promise<Date>;
  signal: AbortSignal;
}

/** The oldest version with every setting that Penstock sends. */
const OLDEST = [25, 3] as const;

/** Tries everything that runs require of the source, step by step. Skips what needs a failed step. Writes nothing. */
export async function verifySteps(source: Source, asked: Verified): Promise<VerifyStep[]> {
  const { signal } = asked;
  const steps: SourceStep[] = [
    reachStep(source, signal),
    settingsStep(source, signal),
    ...[events, persons, mergedIds].map((model) => tableStep(source, model, asked.carried.has(model.table), signal)),
    clockStep(source, asked),
    replicasStep(source, asked),
    killStep(source, asked),
    speedStep(source, signal),
    duplicatesStep(source, asked.oneRowPerId, signal),
  ];
  const results: VerifyStep[] = [];
  for (const step of steps) results.push(await take(step, results));
  return results;
}

const reachStep = (source: Source, signal: AbortSignal): SourceStep => ({
  name: "Reach",
  needs: [],
  async run() {
    const [row] = await queryRows<{ version: string; host: string; user: string }>(
      source,
      "SELECT version() AS version, hostName() AS host, currentUser() AS user",
      { settings: { max_execution_time: 10 }, signal },
    );
    const { version = "", host = "", user = "" } = row ?? {};
    if (isOld(version))
      return {
        status: "failed",
        message: `The server runs ClickHouse ${version}. Penstock needs ${OLDEST.join(".")} or newer.`,
        fix: "Upgrade ClickHouse.",
      };
    return passed(`Connected to ClickHouse ${version} on ${host} as the user ${user}.`);
  },
});

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
