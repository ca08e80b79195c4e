import { eq } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { connections, exports, organizations, projects } from "@/lib/db/schema";
import { openDestination } from "@/lib/destinations/registry";
import type { OpenDestination, RunTag } from "@/lib/destinations/types";
import { openConnectionSecret } from "@/lib/services/connections";

/** An export with what is needed to look at its destination, apart from any run. */
export type Recovering = Awaited<ReturnType<typeof loadExport>>;

/** Loads an export. Throws if it is gone. */
export async function loadExport(db: Db, exportId: string) {
  const [row] = await db
    .select({ spec: exports, connection: connections, project: projects, externalId: organizations.externalId })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .innerJoin(projects, eq(projects.id, exports.projectId))
    .innerJoin(organizations, eq(organizations.id, exports.organizationId))
    .where(eq(exports.id, exportId));
  if (!row) throw new Error(`The export ${exportId} was deleted.`);
  return row;
}

/** Opens an export's destination to look at it. Writes nothing there. Throws if its secret can't be opened. */
export async function withOpened<T>(loaded: Recovering, use: (to: OpenDestination) => Promise<T>): Promise<T> {
  const { spec, connection, externalId } = loaded;
  const { type, config, capabilities, organizationId } = connection;
  const secret = openConnectionSecret(connection);
  const opening = { type, config, capabilities, secret, externalId, organizationId };
  const destination = openDestination(opening, spec.destination, tagOf(loaded));
  try {
    return await use(destination);
  } finally {
    await destination.close();
  }
}

/** No run of the ledger has it. */
const NO_RUN = "00000000-0000-4000-8000-000000000000";

const tagOf = ({ spec, project }: Recovering): RunTag => ({
  id: NO_RUN,
  requestId: "recovery00000000",
  exportId: spec.id,
  sourceProjectId: project.sourceProjectId,
  window: { start: new Date(0), end: new Date(0) },
  exportedAt: new Date(0),
  fence: 0,
});
