import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ExportRow } from "@/lib/db/rows";
import { connections, exports } from "@/lib/db/schema";
import { isResting } from "@/lib/services/schedules";

/** The export, locked until the transaction ends, if its schedule may run it; undefined if it is deleted or rests. */
export async function holdActive(tx: Tx, exportId: string): Promise<ExportRow | undefined> {
  const [found] = await tx
    .select({ spec: exports, connection: connections })
    .from(exports)
    .innerJoin(connections, eq(connections.id, exports.connectionId))
    .where(eq(exports.id, exportId))
    .for("no key update", { of: exports });
  return found && !found.spec.deletedAt && !isResting(found.spec, found.connection) ? found.spec : undefined;
}
