import type { Cost } from "@/lib/fields/cost";
import type { Asked, Expected } from "../types";
import { warehouseTables } from "../warehouse/tables";
import type { Target } from "../warehouse/target";
import { BigqueryClient, type BigqueryConnection } from "./client";
import { costOf, PRICE, TIB } from "./cost";
import { bigqueryFailure } from "./errors";
import type { BigquerySettings } from "./schema";
import { getTable, type TableOf } from "./tables";
import { targetOf } from "./targets";

/** BigQuery bills at least this for each table that a statement reads. Source: "BigQuery pricing", on-demand compute. */
const LEAST = 10 * 1024 ** 2;
/** Statements of a commit that read the table of commits. */
const CLAIMS = 4;

/** A table that an export fills, as it is now; null if it doesn't exist. */
interface Filled {
  target: Target;
  there: TableOf | null;
}

const billed = (bytes: number) => Math.max(bytes, LEAST);

/**
 * What a run's commit reads: each staged row once, and of tables that are merged whole, once or twice, besides staged
 * rows up to three times.
 */
function bytesPerRun(filled: readonly Filled[], settings: BigquerySettings, staged: number) {
  const merged = filled.filter(({ target }) => target.table.mergeBy !== null && settings.commitMode === "replace");
  const tables = merged.reduce((sum, { there }) => sum + billed(Number(there?.numBytes ?? 0)), 0);
  const always = CLAIMS * LEAST + billed(staged);
  return { from: always + tables, to: always + 2 * tables + (merged.length > 0 ? 2 * billed(staged) : 0) };
}

const times = (count: number, { from, to }: { from: number; to: number }) => ({ from: from * count, to: to * count });

const ASIDE =
  `In dollars at Google's on-demand list price in the US, $${PRICE} per TiB. ` +
  "Loading files is free. Not included: storage, audits, retries, the free tier, discounts, and editions, which bill slots instead of bytes.";

function notesOf({ target, there }: Filled, settings: BigquerySettings): string {
  if (there) return costOf(target, there, settings);
  if (target.table.mergeBy && settings.commitMode === "replace")
    return `${target.bare} doesn't exist yet. Each run reads all of it, so runs cost more as it grows.`;
  return `${target.bare} doesn't exist yet. Penstock creates it so that runs read only their own window.`;
}

export function expectedFor(filled: readonly Filled[], settings: BigquerySettings, { bytes, runs }: Expected): Cost {
  const perRun = bytesPerRun(filled, settings, bytes);
  const perMonth = runs === null ? null : times(runs, perRun);
  return {
    perRun,
    perMonth,
    dollarsPerMonth: perMonth && times(PRICE / TIB, perMonth),
    notes: [...filled.map((one) => notesOf(one, settings)), ASIDE],
  };
}

/** Asks BigQuery how large the tables are, which costs nothing. Without an answer, only says why. */
export async function expectedCost(
  connection: BigqueryConnection,
  { model, destination }: Asked<BigquerySettings>,
  expected: Expected,
  signal: AbortSignal,
): Promise<Cost> {
  const { config } = connection;
  let client: BigqueryClient | null = null;
  try {
    const own = new BigqueryClient(connection);
    client = own;
    const targets = (model === null ? [] : warehouseTables(model)).map((table) =>
      targetOf(config, destination, table.model.table),
    );
    const filled = await Promise.all(
      targets.map(async (target) => ({ target, there: await getTable(own, target.bare, signal) })),
    );
    return expectedFor(filled, destination, expected);
  } catch (error) {
    const why = signal.aborted ? "It didn't respond in time." : bigqueryFailure(error, config).failure.message;
    const notes = [`Asking BigQuery for the size of the tables failed. ${why}`];
    return { perRun: null, perMonth: null, dollarsPerMonth: null, notes };
  } finally {
    client?.close();
  }
}
