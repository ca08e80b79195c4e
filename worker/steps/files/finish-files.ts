import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { Replaced } from "@/lib/db/schema/run-files";
import type { PumpedFile } from "@/lib/pump/pump";
import { type FileLine, insertFileLines } from "@/lib/services/ledger";
import { SECOND } from "@/lib/units";
import type { LoadedRun } from "../load";
import { linesOf } from "./export-file";

/** A file at the destination, and what was measured while it was sent. */
export interface SentFile {
  file: RunFileRow;
  measured: PumpedFile & { replaced: Replaced };
  /** When it began, by `performance.now()`. */
  began: number;
}

/**
 * Records files' measurements in the ledger. Returns for each whether this try still owned it: false if its run has
 * ended or another try has taken over.
 */
export async function finishFiles(
  db: Db,
  loaded: LoadedRun,
  sent: readonly SentFile[],
  attempt: number,
): Promise<boolean[]> {
  const { run } = loaded;
  const found = sent.map(({ file, measured }) => ({ index: file.index, key: file.key, ...measured }));
  const finishing = db
    .update(runFiles)
    .set({
      state: "Completed",
      ...{ rows: sql`found.rows`, bytes: sql`found.bytes`, sha256: sql`found.sha256`, etag: sql`found.etag` },
      ...{ encryption: sql`found.encryption`, replaced: sql`found.replaced` },
      error: null,
      finishedAt: sql`now()`,
    })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as found("index" integer, key text, rows bigint, bytes bigint, sha256 text, etag text, encryption jsonb, replaced jsonb)`,
    )
    .where(
      and(
        ...[eq(runFiles.runId, run.id), eq(runFiles.month, monthOf(run))],
        eq(runFiles.planVersion, sent[0]?.file.planVersion ?? run.planVersion),
        sql`${runFiles.index} = found."index" and ${runFiles.key} = found.key`,
        eq(runFiles.attempt, attempt),
        eq(runFiles.state, "Running"),
      ),
    )
    .returning({ index: runFiles.index });
  const lines = sent.flatMap((one) => linesOfOne(loaded, one, attempt));
  const { rows: done } = await db.execute<{ index: number }>(sql`
    with done as ${finishing}, lines as (${insertFileLines(run, lines, sql`done`)}) select "index" from done`);
  const indexes = new Set(done.map(({ index }) => index));
  return sent.map(({ file }) => indexes.has(file.index));
}

function linesOfOne(loaded: LoadedRun, { file, measured, began }: SentFile, attempt: number): FileLine[] {
  const seconds = ((performance.now() - began) / SECOND).toFixed(1);
  return linesOf(loaded, measured, seconds).map((line) => ({ ...line, attempt, file: file.key, index: file.index }));
}
