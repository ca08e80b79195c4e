import { eq } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { connections, exports, organizations, projects, runs } from "@/lib/db/schema";
import { openDestination } from "@/lib/destinations/registry";
import type { OpenDestination } from "@/lib/destinations/types";
import { AppError, ExportError } from "@/lib/errors";
import { formats } from "@/lib/formats/registry";
import { models } from "@/lib/models/registry";
import { openConnectionSecret } from "@/lib/services/connections/secrets";
import type { Selection } from "@/lib/source/predicate";

export type RunRow = typeof runs.$inferSelect;
export type ExportRow = typeof exports.$inferSelect;

/** A run with all that it needs. The secret is opened only when the destination is. */
export async function loadRun(runId: string) {
  const [row] = await getDb()
    .select({
      run: runs,
      spec: exports,
      connection: connections,
      project: projects,
      externalId: organizations.externalId,
    })
    .from(runs)
    .innerJoin(exports, eq(exports.id, runs.exportId))
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .innerJoin(projects, eq(projects.id, runs.projectId))
    .innerJoin(organizations, eq(organizations.id, runs.organizationId))
    .where(eq(runs.id, runId));
  if (!row) throw new ExportError({ code: "run_gone", message: "The run was deleted.", fix: null, retryable: false });
  return row;
}

export type LoadedRun = Awaited<ReturnType<typeof loadRun>>;

export const windowOf = (run: RunRow) => ({ start: run.intervalStart, end: run.intervalEnd });

export const formatOf = ({ spec }: LoadedRun) => formats[spec.destination.format];

/** Which rows of the source a run exports. */
export const selectionOf = ({ run, spec, project }: LoadedRun): Selection => ({
  model: models[spec.model],
  sourceProjectId: project.sourceProjectId,
  filters: spec.filters,
  window: windowOf(run),
});

/** Opens the run's destination, does one thing with it, and closes it. */
export async function withDestination<T>(loaded: LoadedRun, use: (to: OpenDestination) => Promise<T>): Promise<T> {
  const { connection, spec, run, externalId } = loaded;
  const secret = secretOf(loaded);
  const destination = openDestination(
    { type: connection.type, config: connection.config, secret, externalId },
    spec.destination,
    run,
  );
  try {
    return await use(destination);
  } finally {
    destination.close();
  }
}

function secretOf({ connection }: LoadedRun) {
  try {
    return openConnectionSecret(connection);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const fix = "Enter the secret in the connection again, and retry the run.";
    throw new ExportError({ code: error.code, message: error.message, fix, retryable: false }, { cause: error });
  }
}
