import { and, isNotNull, isNull } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import { installation } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { hereOf } from "./here";

/**
 * Says that the installation is where this process runs. For the local stack, which keeps the data of PostgreSQL and
 * Temporal in one folder: only its ports change.
 */
export async function placeHere(): Promise<void> {
  await getDb()
    .update(installation)
    .set(hereOf(getEnv()))
    .where(and(isNull(installation.hold), isNotNull(installation.temporal)));
}
