import { and, eq, sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { Replaced } from "@/lib/db/schema/run-files";
import type { PumpedFile } from "@/lib/pump/pump";
import { type LogLine, logRunLines } from "@/lib/services/ledger";
import { SECOND } from "@/lib/units";
import type { LoadedRun } from "../load";
import { linesOf } from "./export-file";

/** A file that is at the destination, and what was measured of it on the way. */
export interface SentFile {
  file: RunFileRow;
  measured: PumpedFile & { replaced: Replaced };
  /** When it was begun, by `performance.now()`. */
  began: number;
}

/**
 * Writes what was measured of files into the ledger. Answers for each whether it still was this try's to write: false when its run has
 * ended, or another try has taken over.
 */
export async function finishFiles(loaded: LoadedRun, sent: readonly SentFile[], attempt: number): Promise<boolean[]> {
  const { run } = loaded;
  const found = sent.map(({ file, measured }) => ({ index: file.index, key: file.key, ...measured }));
  const done = await getDb()
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
        eq(runFiles.runId, run.id),
        eq(runFiles.planVersion, sent[0]?.file.planVersion ?? run.planVersion),
        sql`${runFiles.index} = found."index" and ${runFiles.key} = found.key`,
        eq(runFiles.attempt, attempt),
        eq(runFiles.state, "Running"),
      ),
    )
    .returning({ index: runFiles.index });
  const indexes = new Set(done.map(({ index }) => index));
  const isDone = ({ file }: SentFile) => indexes.has(file.index);
  await logRunLines(
    run,
    sent.filter(isDone).flatMap((one) => linesOfOne(loaded, one, attempt)),
  );
  return sent.map(isDone);
}

function linesOfOne(loaded: LoadedRun, { file, measured, began }: SentFile, attempt: number): LogLine[] {
  const seconds = ((performance.now() - began) / SECOND).toFixed(1);
  return linesOf(loaded, measured, seconds).map((line) => ({ ...line, attempt, file: file.key }));
}
