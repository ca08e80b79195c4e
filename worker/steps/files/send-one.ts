import { Readable } from "node:stream";
import type { Db } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import type { Replaced } from "@/lib/db/schema/run-files";
import type { OpenDestination } from "@/lib/destinations/types";
import type { StoredAs } from "@/lib/destinations/upload-types";
import { ExportError } from "@/lib/errors";
import { gathered } from "@/lib/gathered";
import { giveBack } from "@/lib/meter/give-back";
import type { Measured } from "@/lib/meter/meter";
import { fenceFiles, superseded } from "../fence";
import type { LoadedRun } from "../load";
import { beginFenced } from "./begin-fenced";
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

/**
 * Minimum time, in ms, between statements about a group's files: a statement costs much more than one more file in it.
 */
const PAUSE = 50;

/** How long, in ms, a passed fence holds. */
const FRESH = 2_000;

interface BegunFile {
  file: RunFileRow;
  replacing: Pick<StoredAs, "replaces" | "known">;
  /** When the file was fenced as it began, by `performance.now()`; null if it was not. */
  fencedAt: number | null;
}

type Begun = BegunFile | null | ExportError;

async function beginAll(db: Db, loaded: LoadedRun, planned: RunFileRow[], current: Try): Promise<Begun[]> {
  const { id: runId } = loaded.run;
  const planVersion = planned[0]?.planVersion ?? loaded.run.planVersion;
  // Asked first: afterward, files count as sent, though no request for them is on its way.
  const untried = await replacedBy(db, loaded, planned);
  const askedAt = performance.now();
  const fenced = await beginFenced(db, loaded, planned, current);
  const left = planned.filter(({ index }) => !fenced.has(index)).map(({ index }) => index);
  const others = left.length === 0 ? [] : await beginFiles(db, loaded, { runId, planVersion, indexes: left }, current);
  const begun = others.filter((one): one is RunFileRow => one !== null && !(one instanceof ExportError));
  const replacing = await replacedBy(db, loaded, begun);
  return planned.map((file, at) => {
    if (fenced.has(file.index)) return { file, replacing: untried[at]!, fencedAt: askedAt };
    const one = others[left.indexOf(file.index)]!;
    if (one === null || one instanceof ExportError) return one;
    return { file: one, replacing: replacing[begun.indexOf(one)]!, fencedAt: null };
  });
}

/**
 * Returns a function that sends a group's files to the destination one by one and records them in the ledger. Each is
 * begun, fenced, and recorded separately; files that reach a step together share its statement. Beginning a file for
 * the first time fences it.
 */
export function sendingOne(
  db: Db,
  loaded: LoadedRun,
  { destination, contentType }: { destination: Pick<OpenDestination, "putFile">; contentType: string },
  current: Try,
): (file: PackedFile) => Promise<void> {
  const begin = gathered((files: RunFileRow[]) => beginAll(db, loaded, files, current), PAUSE);
  const fence = gathered((files: RunFileRow[]) => fenceFiles(db, loaded, files, current.attempt));
  const finish = gathered((files: SentFile[]) => finishFiles(db, loaded, files, current.attempt), PAUSE);
  return async ({ planned, bytes, measured, replaced }) => {
    const began = performance.now();
    const begun = await begin(planned);
    if (begun instanceof ExportError) throw begun;
    if (begun === null) return;
    const { file, replacing, fencedAt } = begun;
    const mayStore = async () => {
      if (fencedAt !== null && performance.now() - fencedAt < FRESH) return;
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
