import { eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { nowMs } from "@/lib/db/now";
import type { RunRow } from "@/lib/db/rows";
import { connections, exports, organizations, projects, runDocuments, runs, source } from "@/lib/db/schema";
import { openDestination } from "@/lib/destinations/registry";
import type { Settings } from "@/lib/destinations/settings";
import { tablesOfSpec } from "@/lib/destinations/tables";
import type { OpenDestination, RunTag } from "@/lib/destinations/types";
import { writingOf } from "@/lib/destinations/writing";
import type { KeyInput } from "@/lib/destinations/writing-types";
import { AppError, ExportError } from "@/lib/errors";
import type { SourceTable } from "@/lib/rows/tables/types";
import { openConnectionSecret } from "@/lib/services/connections";
import type { PlannedRow } from "@/lib/services/ledger";
import { noteRun } from "@/lib/services/log-fields";
import { saltOf } from "@/lib/services/projects";
import { AS_IT_COMES, settleSecondsOf } from "@/lib/services/source";
import type { TableExtract } from "@/lib/source/encode";
import type { Selection } from "@/lib/source/predicate";
import { readSource } from "@/lib/source/settings";
import { requireAddress } from "./pinned";

/** A run's connection: the one its plan pinned or, before that, its export's. */
const pinnedConnection = sql`coalesce((${runs.pinned}->>'connectionId')::uuid, ${exports.connectionId})`;

/** SQL: whether no other run was ever on a run's window, or lost its receipt to it. */
const isAlone = sql<boolean>`not exists (select 1 from runs o where o.export_id = ${runs.exportId}
  and o.interval_start = ${runs.intervalStart} and o.interval_end = ${runs.intervalEnd} and o.id <> ${runs.id})
  and not exists (select 1 from runs o where o.superseded_by = ${runs.id})`;

/** SQL: when the ledger was last restored, if it was. */
const recoveredAt = sql<Date | null>`(select recovered_at from installation)`.mapWith(runs.startedAt);

/**
 * Loads a run with everything it needs. The secret is decrypted only with the destination. `connection: "exports"` is
 * for a new plan of a run that has written nothing yet.
 */
export async function loadRun(
  db: Db,
  runId: string,
  { connection = "pinned" }: { connection?: "pinned" | "exports" } = {},
) {
  const [row] = await db
    .select({
      run: runs,
      documents: { spec: runDocuments.spec, source: runDocuments.source },
      exported: exports,
      connection: connections,
      project: projects,
      externalId: organizations.externalId,
      source,
      isAlone,
      recoveredAt,
      now: nowMs,
    })
    .from(runs)
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .innerJoin(connections, eq(connections.id, connection === "pinned" ? pinnedConnection : exports.connectionId))
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .innerJoin(organizations, eq(organizations.id, runs.organizationId))
    .leftJoin(source, sql`true`)
    .leftJoin(runDocuments, documentsOfRun)
    .where(eq(runs.id, runId));
  if (!row) throw new ExportError({ code: "run_gone", message: "The run was deleted.", fix: null, retryable: false });
  noteRun(row.run);
  const { exported, source: set, documents, ...rest } = row;
  const run: PlannedRow = { ...row.run, ...(documents ?? { spec: null, source: null }) };
  const settings = set ?? AS_IT_COMES;
  const { oneRowPerId, sequentialConsistency } = settings;
  readSource({ sequentialConsistency, settleSeconds: settleSecondsOf(null, settings) });
  const settleSeconds = settleSecondsOf(exported, settings);
  // A planned run writes what it planned, even if the export changes. Plans of versions with a single file schema
  // record none.
  const planned = run.spec && { fileSchema: 1 as const, oneRowPerId: false, ...run.spec };
  return { ...rest, run, loadedAt: performance.now(), settleSeconds, spec: { ...exported, oneRowPerId, ...planned } };
}

/** The database's time now, from its time when the run was loaded. */
export const nowOf = ({ now, loadedAt }: LoadedRun): Date => new Date(now.getTime() + performance.now() - loadedAt);

export type LoadedRun = Awaited<ReturnType<typeof loadRun>>;

const windowOf = (run: RunRow) => ({ start: run.intervalStart, end: run.intervalEnd });

/** Whether the ledger may not know every run of the window, because it was restored after the window began. */
export const mayBeForgotten = ({ run, recoveredAt }: LoadedRun): boolean =>
  recoveredAt !== null && run.intervalStart < recoveredAt;

/** The inputs of a run's keys. */
export const keyInputOf = ({ run, spec, project }: LoadedRun): KeyInput<Settings> => ({
  model: spec.model,
  destination: spec.destination,
  window: windowOf(run),
  runId: run.id,
  requestId: run.requestId,
  revision: run.revision,
  runAt: run.createdAt,
  fileSchema: spec.fileSchema,
  sourceProjectId: project.sourceProjectId,
});

export const tablesOf = ({ spec }: LoadedRun): readonly SourceTable[] => tablesOfSpec(spec);

/** Which rows of a table a run exports. */
export const selectionOf = ({ run, spec, project }: LoadedRun, model: SourceTable): Selection => ({
  model,
  sourceProjectId: project.sourceProjectId,
  filters: spec.filters,
  window: windowOf(run),
});

/** The same, and how it writes them. */
export async function extractOf(db: Db, loaded: LoadedRun, model: SourceTable): Promise<TableExtract> {
  const { spec, project } = loaded;
  const hashes = spec.columns?.some(({ hash }) => hash) ?? false;
  return {
    selection: selectionOf(loaded, model),
    encoding: writingOf(spec.destination).encoding(model, spec.destination, spec.columns, spec.fileSchema),
    salt: hashes ? await saltOf(db, project.id) : "",
  };
}

/**
 * Opens the run's destination, calls `use`, and closes it. Throws if the connection no longer leads to where the run is
 * bound.
 */
export async function withDestination<T>(
  db: Db,
  loaded: LoadedRun,
  use: (to: OpenDestination) => Promise<T>,
  { canPlanAnew = false } = {},
): Promise<T> {
  const { connection, spec, externalId } = loaded;
  await requireAddress(db, loaded, canPlanAnew);
  const { type, config, capabilities } = connection;
  const { organizationId } = loaded.run;
  const opening = { type, config, capabilities, secret: secretOf(loaded), externalId, organizationId };
  const destination = openDestination(opening, spec.destination, tagOf(loaded));
  try {
    return await use(destination);
  } finally {
    await destination.close();
  }
}

const tagOf = ({ run, project }: LoadedRun): RunTag => ({
  id: run.id,
  requestId: run.requestId,
  exportId: run.exportId,
  sourceProjectId: project.sourceProjectId,
  window: windowOf(run),
  exportedAt: run.createdAt,
  fence: run.fence,
});

function secretOf({ connection }: LoadedRun) {
  try {
    return openConnectionSecret(connection);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fix = "Enter the secret in the connection again, and retry the run.";
    throw new ExportError({ code: error.code, message: error.message, fix, retryable: false }, { cause: error });
  }
}
