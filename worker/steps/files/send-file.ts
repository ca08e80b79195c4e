import { eq, sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { monthOf } from "@/lib/db/month";
import { runFiles } from "@/lib/db/schema";
import { ExportError } from "@/lib/errors";
import { giveBack } from "@/lib/meter/give-back";
import { pumpFile } from "@/lib/pump/pump";
import type { Dependencies } from "@/lib/services/dependencies";
import { logRun } from "@/lib/services/ledger";
import { encodeQuery, hasPlainWays, type TableExtract } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";
import { countReplaced, type FoundReplaced, nothingReplaced } from "@/lib/source/replaced";
import type { Strictness } from "@/lib/source/strict";
import { fenceFile } from "../fence";
import { extractOf, type LoadedRun, tablesOf, withDestination } from "../load";
import type { FileToSend } from "../plan/draft-files";
import { resuming } from "./keep-upload";
import { nameRefused } from "./name-refused";
import { replacedBy } from "./rename-file";
import { reportProgress } from "./report-progress";

export interface Try {
  attempt: number;
  signal: AbortSignal;
  /** Notes how many parts of a file the ledger has. */
  reach?: (parts: number) => void;
}

/** The attempt of a file sent by the step that planned it: any attempt of a later step takes over from it. */
export const AT_ONCE = 0;

/** Identifies a try at a file, so that its own repeated request is recognized. */
export const markOf = ({ runId, planVersion, index }: FileToSend, { attempt }: Pick<Try, "attempt">) =>
  `${runId}.${planVersion}.${index}.${attempt}`;

/**
 * Sends one file to the destination by the cheapest query that works. The first fails on a value too complex for a
 * short expression; the second on one that does not arrive as it is. Only then are such values counted and replaced.
 * Throws an `ExportError`.
 */
export async function sendFile(deps: Dependencies, loaded: LoadedRun, file: FileToSend, current: Try) {
  const model = tablesOf(loaded).find(({ table }) => table === file.table);
  if (!model) throw fileGone();
  const written = await extractOf(deps.db, loaded, model);
  const nothing = nothingReplaced(written.encoding);
  for (const strict of await worthTrying(deps.db, loaded, written, current.attempt)) {
    try {
      const measured = await pump(deps, loaded, file, current, written, strict);
      return { ...measured, replaced: strict === "exact" ? { ...nothing, exact: true as const } : nothing };
    } catch (error) {
      if (current.signal.aborted || !mayBeStrictness(error)) throw error;
    }
  }
  return sendCounted(deps, loaded, file, current, written);
}

/**
 * A query that fails mid-stream reports only that its answer broke off. ClickHouse may also read rows outside the file.
 * In any case, a source that is really unreachable fails the second query as well.
 */
export const mayBeStrictness = (error: unknown) =>
  error instanceof ExportError && error.failure.retryable && error.failure.code.startsWith("source_");

/** A file that fails a strict query is rarely the only one of its run. */
export async function worthTrying(
  db: Db,
  { run }: LoadedRun,
  { encoding }: TableExtract,
  attempt: number,
): Promise<Strictness[]> {
  const isFirst = run.planVersion === 1 && attempt === AT_ONCE;
  const [found] = isFirst ? [] : await tried(db, run.id);
  if (found?.replaced) return [];
  return found?.exact || !hasPlainWays(encoding) ? ["exact"] : ["plain", "exact"];
}

const tried = (db: Db, runId: string) =>
  db
    .select({
      replaced: sql<boolean>`coalesce(bool_or(jsonb_array_length(${runFiles.replaced}->'values') > 0), false)`,
      exact: sql<boolean>`coalesce(bool_or(${runFiles.replaced}->'exact' is not null), false)`,
    })
    .from(runFiles)
    .where(eq(runFiles.runId, runId));

async function sendCounted(
  deps: Dependencies,
  loaded: LoadedRun,
  file: FileToSend,
  current: Try,
  written: TableExtract,
) {
  const found = await countReplaced(deps.source, written, file.bounds, current.signal);
  const { replaced } = found;
  const measured = await pump(deps, loaded, file, current, written);
  if (replaced.values.length > 0) await logReplaced(deps.db, loaded, file, current, found);
  return { ...measured, replaced };
}

async function logReplaced(
  db: Db,
  { run }: LoadedRun,
  { key }: FileToSend,
  { attempt }: Try,
  { replaced, ids }: FoundReplaced,
) {
  const each = replaced.values.map(
    ({ column, reason, values }, i) => `${values} of ${column} (${reason}; rows ${ids[i]?.join(", ")})`,
  );
  const message = `Values that couldn't be exported exactly: ${each.join("; ")}.`;
  await logRun(db, run, { level: "warn", attempt: attempt || 1, file: key, message });
}

async function pump(
  deps: Dependencies,
  loaded: LoadedRun,
  file: FileToSend,
  current: Try,
  written: TableExtract,
  strict?: Strictness,
) {
  const { encoding } = written;
  const query = encodeQuery(written, { bounds: file.bounds, strict });
  const { key, table } = file;
  const [replacing] = await replacedBy(deps.db, loaded, [file]);
  const as = {
    mark: markOf(file, current),
    ...replacing!,
    fence: () => fenceFile(deps.db, loaded, file, current.attempt),
  };
  const put = { key, table, contentType: encoding.contentType, onCopied: giveBack, as };
  return withDestination(
    deps.db,
    loaded,
    (destination) => {
      // A file sent at once is small, and the attempt that takes over numbers from 1 again.
      const objects = current.attempt === AT_ONCE ? null : destination.objects;
      return resuming({ db: deps.db, run: loaded.run, objects, file, current }, (kept) =>
        pumpFile({
          open: (signal) => openEncoded(deps.source, query, signal),
          encoding,
          expectedRows: file.expectedRows,
          hashEvery: objects?.parts.bytes,
          put: (body, signal, sha256At) =>
            destination.putFile({ ...put, body, resume: kept?.withHashes(sha256At) }, signal),
          watch: (soFar) =>
            reportProgress(deps.db, { file, attempt: current.attempt, month: monthOf(loaded.run), soFar }),
          signal: current.signal,
        }),
      );
    },
    { canPlanAnew: true },
  ).catch((error) => nameRefused(deps.source, error, written, file.bounds, current.signal));
}

export const fileGone = () =>
  new ExportError({ code: "file_gone", message: "The file is no longer in the plan.", fix: null, retryable: false });
