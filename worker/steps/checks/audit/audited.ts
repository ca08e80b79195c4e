import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import { monthOfRow } from "@/lib/db/month";
import type { RunRow } from "@/lib/db/rows";
import { runDocuments, runFiles, runs } from "@/lib/db/schema";
import { writesTables } from "@/lib/destinations/catalog";
import type { RunSpec } from "@/lib/destinations/run-spec";
import type { Receipt } from "@/lib/fields/receipt";

/** An object that a receipt names, as it was measured. */
export interface Named {
  kind: "file" | "manifest";
  key: string;
  /** Null if the storage did not confirm it. */
  etag: string | null;
  bytes: number | null;
  sha256: string | null;
  rows: number;
}

/** A committed run whose receipt is its window's current one, with what that names. */
export interface Audited {
  run: RunRow;
  spec: RunSpec | null;
  named: Named[];
  /** Rows that a warehouse's tables had of it after the commit; null for a storage. */
  tables: NonNullable<Receipt["tables"]> | null;
}

/** Files per part of a batch: together with a listing of as many, they fit into memory. */
const PART = 20_000;

/** Splits runs into parts of about as many files. Leaves out those whose receipts are no longer current. */
export async function partsOf(db: Db, exportId: string, runIds: readonly string[]): Promise<RunRow[][]> {
  if (runIds.length === 0) return [];
  const isCurrent = and(eq(runs.state, "Completed"), isNull(runs.supersededBy));
  const rows = await db
    .select()
    .from(runs)
    .where(and(inArray(runs.id, [...runIds]), eq(runs.exportId, exportId), isCurrent))
    .orderBy(runs.intervalStart, runs.id);
  const parts: RunRow[][] = [];
  let files = PART;
  for (const run of rows) {
    files += run.files ?? 0;
    if (files >= PART) {
      parts.push([]);
      files = run.files ?? 0;
    }
    parts.at(-1)!.push(run);
  }
  return parts;
}

/** Loads what the receipts of runs name. */
export async function loadAudited(db: Db, part: readonly RunRow[]): Promise<Audited[]> {
  const isPart = inArray(
    runs.id,
    part.map(({ id }) => id),
  );
  const { spec, receipt, receiptSha256 } = runDocuments;
  const documents = await db
    .select({ id: runs.id, spec, receipt, receiptSha256 })
    .from(runs)
    .innerJoin(runDocuments, documentsOfRun)
    .where(isPart);
  const byId = new Map(documents.map((row) => [row.id, row]));
  const { runId, key, etag, bytes, sha256, rows } = runFiles;
  const isOfPlan = and(
    eq(runId, runs.id),
    eq(runFiles.planVersion, runs.planVersion),
    eq(runFiles.month, monthOfRow("runs")),
  );
  const files = await db
    .select({ runId, key, etag, bytes, sha256, rows })
    .from(runs)
    .innerJoin(runFiles, isOfPlan)
    .where(isPart);
  const filesOf = Map.groupBy(files, (file) => file.runId);
  return part.map((run) => {
    const known = byId.get(run.id);
    const files = (filesOf.get(run.id) ?? []).map(({ runId: _, rows, ...file }) => ({ ...file, rows: rows ?? 0 }));
    const manifest = run.manifest && { ...run.manifest, sha256: known?.receiptSha256 ?? null };
    return {
      run,
      spec: known?.spec ?? null,
      named: [
        ...files.map((file): Named => ({ kind: "file", ...file })),
        ...(manifest ? [{ kind: "manifest" as const, rows: 0, ...manifest }] : []),
      ],
      tables: known?.receipt?.tables ?? null,
    };
  });
}

/** Why what a receipt names is not known; null if it is. */
export function unknownBecause({ run, spec, named }: Audited): string | null {
  if (run.address === null)
    return "An earlier version of Penstock committed the window and didn't record where. Retry the window so that it can be audited.";
  // A warehouse removes its files once their rows are in the tables.
  if (spec !== null && writesTables(spec.destination)) return null;
  const files = named.filter(({ kind }) => kind === "file").length;
  if (spec !== null && files === run.files) return null;
  return "The list of the run's files is past its retention time.";
}
