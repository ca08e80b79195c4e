import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { writesFiles } from "@/lib/destinations/catalog";
import type { Settings } from "@/lib/destinations/settings";
import { writingOf } from "@/lib/destinations/writing";
import type { Dependencies } from "@/lib/services/dependencies";
import {
  type EarlierRun,
  earlierOf,
  endedRunsOf,
  type LogLine,
  linesWith,
  rowsOfOthers,
  statesBefore,
} from "@/lib/services/ledger";
import { type Plan, type PlannedTable, planFiles } from "@/lib/source/plan";
import type { FileGroup } from "@/lib/temporal/contract";
import { claimedByOther, isForeign, superseded } from "../fence";
import type { Try } from "../files/send-file";
import { extractOf, type LoadedRun, tablesOf, withDestination } from "../load";
import { pinOf } from "../pinned";
import { replacesOthers, rowsOfReceipt } from "../rows-replaced";
import { requireSettled } from "../start/settled";
import { draftFiles } from "./draft-files";
import { groupFiles, hasLaidOutRows } from "./group-files";
import { KeysConflict } from "./keys-conflict";
import { loadForPlan } from "./load-for-plan";
import { refuseFewer } from "./refuse-fewer";
import { type Binding, type SavedPlan, savePlan } from "./save-plan";
import { stopYounger } from "./stop-younger";
import { withdraw } from "./withdraw";

export interface PlannedRun {
  planVersion: number;
  files: number;
  /** Small files that are exported together; absent if there are none. */
  groups?: FileGroup[];
}

interface GroupedPlan extends SavedPlan {
  groups: FileGroup[];
}

/** A try, and how its step plans. */
export interface Planning extends Try {
  /** First lines of the run's log. */
  lines?: readonly LogLine[];
  /** Whether this step continues with a plan of at most one file, given its rows' size in bytes. */
  goesOn?: (bytes: number) => boolean;
  /** Receives the alert of an export that had to stop. */
  onAlert?: (alertId: string | null) => void;
}

/**
 * Plans a run's files and writes the plan into the ledger, as a new version if one exists: bound to an address, with
 * every key reserved. Clears the failure of an earlier try. Throws an `ExportError`.
 */
export async function planRun(deps: Dependencies, runId: string, current: Planning): Promise<PlannedRun> {
  return answerOf(await planLoaded(deps, await loadForPlan(deps.db, runId), current));
}

/** A plan as its workflow sees it. */
export const answerOf = ({ planVersion, files, groups }: GroupedPlan): PlannedRun => ({
  planVersion,
  files,
  ...(groups.length > 0 && { groups }),
});

/** The same for a loaded run. */
export async function planLoaded(deps: Dependencies, loaded: LoadedRun, current: Planning): Promise<GroupedPlan> {
  await requireSettled(deps.source, loaded.run, loaded.settleSeconds, current.signal);
  const mayRun = and(eq(runs.id, loaded.run.id), inArray(runs.state, statesBefore("Running")));
  const [running] = await deps.db
    .with(linesWith(deps.db, loaded.run, current.lines ?? [], sql`${runs} where ${mayRun}`))
    .update(runs)
    // The wait for the window to settle doesn't count toward the run's duration; a fresh plan doesn't restart it.
    .set({ state: "Running", startedAt: sql`coalesce(${runs.startedAt}, now())` })
    .where(mayRun)
    .returning({ foreign: sql<boolean>`${isForeign(loaded)}` });
  if (!running) throw superseded();
  if (running.foreign) throw claimedByOther();
  try {
    return await plan(deps, loaded, current);
  } catch (error) {
    if (error instanceof KeysConflict && error.younger) {
      const alertId = await stopYounger(deps.db, error.younger, loaded.run, error.failure);
      current.onAlert?.(alertId);
    }
    throw error;
  }
}

async function plan(
  deps: Dependencies,
  loaded: LoadedRun,
  { attempt, signal, goesOn }: Planning,
): Promise<GroupedPlan> {
  const earlier = await earlierOf(deps.db, loaded);
  const tables = await plannedTables(deps.db, loaded);
  const bound = { ...pinOf(loaded), encodingHash: encodingHashOf(loaded, tables) };
  const made = await planFiles(deps.source, tables, signal);
  await requireAsMany(deps.db, boundTo(loaded, bound), made.rows, earlier);
  const begins = made.files.length <= 1 && (goesOn?.(made.bytes) ?? false);
  return withDestination(deps.db, boundTo(loaded, bound), async (destination) => {
    const look = (keys: string[]) => destination.objects?.look(keys) ?? NOT_LOOKED;
    const drafted = await draftFiles(deps.db, loaded, made, earlier, bound, look);
    const saved = await savePlan(deps.db, loaded, made, drafted, bound, { attempt, begins });
    if (destination.objects && saved.mayWithdraw) await withdraw(deps.db, loaded, destination.objects);
    const ended = endedRunsOf(deps.db, loaded.run.organizationId);
    await destination.prepare(
      tablesOf(loaded).map(({ table }) => table),
      ended,
    );
    return { ...saved, groups: groupsOf(loaded, made, tables) };
  });
}

/** Receipts of other windows that a plan's keys would supersede are known only when it is saved. */
async function requireAsMany(db: Db, loaded: LoadedRun, source: number, earlier: readonly EarlierRun[]): Promise<void> {
  const { run } = loaded;
  refuseFewer(run, { receipt: rowsOfReceipt(loaded, earlier), source });
  if (run.allowShrink || replacesOthers(loaded) !== "within") return;
  refuseFewer(run, { receipt: await rowsOfOthers(db, run, "within"), source, isOthers: true });
}

/** In a bucket each file of a group is its own object; a warehouse has no use for small files. */
function groupsOf({ spec }: LoadedRun, { files }: Plan, tables: readonly PlannedTable[]): FileGroup[] {
  const isLaidOut = tables.every(({ written }) => hasLaidOutRows(written.encoding));
  return writesFiles(spec.destination) && isLaidOut ? groupFiles(files) : [];
}

const NOT_LOOKED = Promise.resolve({ how: "no" as const, found: new Map() });

/** A run that writes through its connection as loaded, regardless of what the ledger has pinned so far. */
const boundTo = (loaded: LoadedRun, { address, pinned }: Binding): LoadedRun => ({
  ...loaded,
  run: { ...loaded.run, address, pinned },
});

function plannedTables(db: Db, loaded: LoadedRun): Promise<PlannedTable[]> {
  const { destination } = loaded.spec;
  const writing = writingOf(destination);
  return Promise.all(
    tablesOf(loaded).map(async (model) => ({
      written: await extractOf(db, loaded, model),
      split: writing.split(model, destination),
      maxFileBytes: writing.maxFileBytes(destination),
    })),
  );
}

/**
 * Identifies everything but the rows that determines the files' bytes: settings, columns, the salt's project, and
 * ClickHouse's expressions.
 */
function encodingHashOf({ spec, run }: LoadedRun, tables: readonly PlannedTable[]): string {
  const encodings = tables.map(({ written }) => ({ ...written.encoding, frame: written.encoding.frame(null) }));
  const { columns } = spec;
  // Whether the bucket has the chain of receipts changes no file.
  const { receiptChain: _, ...destination }: Settings & { receiptChain?: boolean | undefined } = spec.destination;
  const all = JSON.stringify([destination, columns, run.projectId, encodings]);
  return createHash("sha256").update(all).digest("hex");
}
