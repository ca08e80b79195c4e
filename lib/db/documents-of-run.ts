import { and, eq } from "drizzle-orm";
import { monthOfRow } from "./month";
import { runDocuments, runs } from "./schema";

/** Join condition of a run's documents. */
export const documentsOfRun = and(eq(runDocuments.runId, runs.id), eq(runDocuments.month, monthOfRow("runs")));
