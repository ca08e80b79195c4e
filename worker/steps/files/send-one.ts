import { Readable } from "node:stream";
import type { RunFileRow } from "@/lib/db/rows";
import type { Replaced } from "@/lib/db/schema/run-files";
import type { OpenDestination, StoredAs } from "@/lib/destinations/types";
import { ExportError } from "@/lib/errors";
import { gathered } from "@/lib/gathered";
import { giveBack } from "@/lib/meter/give-back";
import type { Measured } from "@/lib/meter/meter";
import { fenceFiles, superseded } from "../fence";
import type { LoadedRun } from "../load";
import { beginFiles } from "./begin-files";
import { finishFiles, type SentFile } from "./finish-files";
import { replacedBy } from "./rename-file";
import { markOf, type Try } from "./send-file";

/** A file of a group whose bytes are at hand. */
export interface PackedFile {
  planned: RunFileRow;
  bytes: Buffer;
  measured: Measured;
  replaced: Replaced;
}

type Begun = { file: RunFileRow; replacing: Pick<StoredAs, "replaces" | "known"> } | null | ExportError;

async function beginAll(loaded: LoadedRun, planned: RunFileRow[], current: Try): Promise<Begun[]> {
  const { id: runId } = loaded.run;
  const planVersion = planned[0]?.planVersion ?? loaded.run.planVersion;
  const found = await beginFiles(loaded, { runId, planVersion, indexes: planned.map(({ index }) => index) }, current);
  const files = found.filter((one): one is RunFileRow => one !== null && !(one instanceof ExportError));
  const replacing = await replacedBy(loaded, files);
  return found.map((one) =>
    one === null || one instanceof ExportError ? one : { file: one, replacing: replacing[files.indexOf(one)]! },
  );
}

/**
 * Gives what takes the files of a group to their destination one by one, and into the ledger. Each is begun, fenced and recorded on its
 * own account; those that come to the same step together share its statement.
 */
export function sendingOne(
  loaded: LoadedRun,
  { destination, contentType }: { destination: OpenDestination; contentType: string },
  current: Try,
): (file: PackedFile) => Promise<void> {
  const begin = gathered((files: RunFileRow[]) => beginAll(loaded, files, current));
  const fence = gathered((files: RunFileRow[]) => fenceFiles(loaded, files, current.attempt));
  const finish = gathered((files: SentFile[]) => finishFiles(loaded, files, current.attempt));
  return async ({ planned, bytes, measured, replaced }) => {
    const began = performance.now();
    const begun = await begin(planned);
    if (begun instanceof ExportError) throw begun;
    if (begun === null) return;
    const { file, replacing } = begun;
    const mayStore = async () => {
      const refused = await fence(file);
      if (refused) throw refused;
    };
    const { key, table } = file;
    const as = { mark: markOf(file, current), ...replacing, fence: mayStore };
    const put = { key, table, contentType, body: Readable.from(bytes), size: bytes.length, onCopied: giveBack, as };
    const stored = await destination.putFile(put, current.signal);
    if (!(await finish({ file, measured: { ...measured, ...stored, replaced }, began }))) throw superseded();
  };
}
