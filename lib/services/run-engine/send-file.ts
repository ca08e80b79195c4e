import { giveBack } from "@/lib/pump/give-back";
import { pumpFile } from "@/lib/pump/pump";
import { encodeQuery, type Written } from "@/lib/source/encode";
import { openEncoded } from "@/lib/source/open-encoded";
import { countReplaced, type FoundReplaced, nothingReplaced } from "@/lib/source/replaced";
import type { Strictness } from "@/lib/source/strict";
import type { FileRow } from "./draft-files";
import { fenceFile } from "./fence";
import { fileGone } from "./file-gone";
import { type LoadedRun, tablesOf, withDestination, writtenOf } from "./load";
import { logRun } from "./log";
import { nameRefused } from "./name-refused";
import { replacedBy } from "./rename-file";
import { mayBeStrictness, strictWays } from "./strict-ways";

export interface Try {
  attempt: number;
  signal: AbortSignal;
}

/** Names a try at a file, so that its own repeated request is recognized. */
export const markOf = ({ runId, planVersion, index }: FileRow, { attempt }: Pick<Try, "attempt">) =>
  `${runId}.${planVersion}.${index}.${attempt}`;

/**
 * Sends one file to the destination, by the cheapest query that does. The first one fails at a value that is more than a short expression;
 * the second at one that does not arrive as it is. Only then such values are counted, and replaced. Throws an `ExportError`.
 */
export async function sendFile(loaded: LoadedRun, file: FileRow, current: Try) {
  const model = tablesOf(loaded).find(({ table }) => table === file.table);
  if (!model) throw fileGone();
  const written = await writtenOf(loaded, model);
  const nothing = nothingReplaced(written.encoding);
  for (const strict of await strictWays(loaded, written)) {
    try {
      const measured = await pump(loaded, file, current, written, strict);
      return { ...measured, replaced: strict === "exact" ? { ...nothing, exact: true as const } : nothing };
    } catch (error) {
      if (current.signal.aborted || !mayBeStrictness(error)) throw error;
    }
  }
  return sendCounted(loaded, file, current, written);
}

async function sendCounted(loaded: LoadedRun, file: FileRow, current: Try, written: Written) {
  const found = await countReplaced(written, file.bounds, current.signal);
  const { replaced } = found;
  const measured = await pump(loaded, file, current, written);
  if (replaced.values.length > 0) await logReplaced(loaded, file, current, found);
  return { ...measured, replaced };
}

async function logReplaced({ run }: LoadedRun, { key }: FileRow, { attempt }: Try, { replaced, ids }: FoundReplaced) {
  const each = replaced.values.map(
    ({ column, reason, values }, i) => `${values} of ${column} (${reason}; rows ${ids[i]?.join(", ")})`,
  );
  const message = `Values that did not arrive as they are: ${each.join("; ")}.`;
  await logRun(run, { level: "warn", attempt, file: key, message });
}

async function pump(loaded: LoadedRun, file: FileRow, current: Try, written: Written, strict?: Strictness) {
  const { encoding } = written;
  const query = encodeQuery(written, { bounds: file.bounds, strict });
  const { key, table } = file;
  const [replacing] = await replacedBy(loaded, [file]);
  const as = { mark: markOf(file, current), ...replacing!, fence: () => fenceFile(loaded, file, current.attempt) };
  const put = { key, table, contentType: encoding.contentType, onCopied: giveBack, as };
  return withDestination(
    loaded,
    (destination) =>
      pumpFile({
        open: (signal) => openEncoded(query, signal),
        encoding,
        expectedRows: file.expectedRows,
        put: (body, signal) => destination.putFile({ ...put, body }, signal),
        signal: current.signal,
      }),
    { canPlanAnew: true },
  ).catch((error) => nameRefused(error, written, file.bounds, current.signal));
}
