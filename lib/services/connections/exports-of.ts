import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { ConnectionRow } from "@/lib/db/rows";
import { exports } from "@/lib/db/schema";

/** The exports that write through a connection. */
export const exportsOf = (tx: Tx, { id, organizationId }: Pick<ConnectionRow, "id" | "organizationId">) =>
  tx
    .select()
    .from(exports)
    .where(and(eq(exports.organizationId, organizationId), eq(exports.connectionId, id), isNull(exports.deletedAt)))
    .orderBy(asc(exports.createdAt), asc(exports.id));
