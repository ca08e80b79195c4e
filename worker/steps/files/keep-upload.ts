import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/client";
import type { RunRow } from "@/lib/db/rows";
import type { ObjectStore } from "@/lib/destinations/types";
import { UploadLost } from "@/lib/destinations/upload-lost";
import type { BegunUpload, Resume, UploadedPart } from "@/lib/destinations/upload-types";
import { ExportError } from "@/lib/errors";
import { PLAN_MISMATCH } from "@/lib/failure-codes";
import { logRun } from "@/lib/services/ledger";
import { getLogger, loggable } from "@/lib/services/logger";
import { MIB } from "@/lib/units";
import { putAway } from "../clean/put-away";
import type { FileToSend } from "../plan/draft-files";
import type { Try } from "./send-file";
import { forgetUpload, giveUp, giveUpOthers, hasUploads, type NewUpload, recordParts, takeUpload } from "./uploads";

/** Time in ms between statements about new parts. A worker that dies loses those since the last one. */
const PAUSE = 2_000;

/** How often an attempt sends a file: again, if what an earlier attempt has left turns out to be of no use. */
const ROUNDS = 2;

/** What an attempt works on. */
interface Sending {
  db: Db;
  run: RunRow;
  objects: ObjectStore;
  file: FileToSend;
  current: Try;
}

/**
 * Sends a file so that a later attempt can continue where this one ends, and continues what an earlier one has left. What
 * is of no use anymore is aborted. Without `objects`, only sends it.
 */
export async function resuming<T>(
  { objects, ...of }: Omit<Sending, "objects"> & { objects: ObjectStore | null },
  send: (kept: KeptUpload | null) => Promise<T>,
): Promise<T> {
  if (!objects) return send(null);
  for (let round = 1; ; round += 1) {
    const kept = await KeptUpload.take({ ...of, objects });
    try {
      const done = await send(kept);
      await kept.completed();
      return done;
    } catch (error) {
      await kept.failed(error);
      const isLost = error instanceof UploadLost && !error.mayBeStored;
      if (!isLost || round === ROUNDS || of.current.signal.aborted) throw error;
      await logRun(of.db, of.run, { level: "info", ...about(of), message: error.message });
    }
  }
}

const GONE = "The destination no longer has what an earlier attempt sent of this file. The file starts again.";

const about = ({ file, current }: Pick<Sending, "file" | "current">) => ({ attempt: current.attempt, file: file.key });

/** Whether no later attempt at the file will continue after this error. */
function isFinal(error: unknown, { signal }: Try): boolean {
  if (signal.aborted) return signal.reason instanceof Error && signal.reason.message === "CANCELLED";
  if (!(error instanceof ExportError)) return false;
  return error instanceof UploadLost || !error.failure.retryable || error.failure.code === PLAN_MISMATCH;
}

/** An upload whose parts the ledger keeps, for as long as its file isn't complete. */
class KeptUpload {
  #row: NewUpload | null;
  /** Whether the ledger has the row, so that another attempt may take it over. */
  #isRecorded: boolean;
  #waiting: UploadedPart[] = [];
  #stored: number;
  #recording: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly of: Sending,
    private readonly left: Resume["left"],
    row: NewUpload | null,
    /** Whether the storage may have lost it. */
    private readonly isDoubtful: boolean,
  ) {
    this.#row = row;
    this.#isRecorded = row !== null;
    this.#stored = left?.parts.length ?? 0;
    of.current.reach?.(this.#stored);
  }

  /** Takes over what an earlier attempt has left, and aborts what can't be continued. */
  static async take(of: Sending): Promise<KeptUpload> {
    const { db, file, objects, current } = of;
    if (!(await hasUploads(db, file))) return new KeptUpload(of, null, null, false);
    const taken = await takeUpload(db, file, objects.parts, current.attempt);
    const isThere = taken && (await objects.hasUpload(file.key, taken.upload.uploadId, current.signal));
    const kept = isThere === false ? null : taken;
    await putAway(db, objects, await giveUpOthers(db, file, current.attempt, kept?.upload.id)).catch(warn);
    if (isThere === false) await logRun(db, of.run, { level: "info", ...about(of), message: GONE });
    if (!kept) return new KeptUpload(of, null, null, false);
    const { upload, parts } = kept;
    const { uploadId: id, mark, encryption } = upload;
    const bytes = parts.length * upload.partBytes;
    const message = `Continuing an earlier attempt: ${parts.length} parts (${bytes / MIB} MiB) are already at the destination.`;
    await logRun(db, of.run, { level: "info", ...about(of), message });
    return new KeptUpload(of, { id, mark, encryption, parts }, upload, isThere === null);
  }

  /** What the destination needs, with the hashes of the bytes that pass. */
  withHashes(sha256At: Resume["sha256At"]): Resume {
    const { left } = this;
    return { left, sha256At, onBegun: (upload) => this.#begin(upload), onStored: (part) => this.#add(part) };
  }

  #begin({ id: uploadId, mark, encryption }: BegunUpload): void {
    const { runId, planVersion, index, key } = this.of.file;
    const { bytes: partBytes, checksums } = this.of.objects.parts;
    const { attempt } = this.of.current;
    const of = { runId, planVersion, index, key, attempt, partBytes, checksums };
    this.#row = { id: randomUUID(), ...of, uploadId, mark, encryption };
  }

  #add(part: UploadedPart): void {
    this.#waiting.push(part);
    this.#timer ??= setTimeout(() => void this.#record().catch(warn), PAUSE);
  }

  /** The file is at the destination. */
  async completed(): Promise<void> {
    await this.#rest();
    if (this.#row && this.#isRecorded) await forgetUpload(this.of.db, this.#row.id).catch(warn);
  }

  /** Records what a later attempt can continue, or aborts what none will. Never throws. */
  async failed(error: unknown): Promise<void> {
    await this.#rest();
    try {
      const gives = this.#isUseless(error);
      if (!gives) await this.#record().catch(warn);
      if (!this.#row || (this.#isRecorded && !gives)) return;
      // Another attempt may have taken it over.
      if (this.#isRecorded && !(await giveUp(this.of.db, this.#row))) return;
      await putAway(this.of.db, this.of.objects, [this.#row]);
    } catch (refusal) {
      warn(refusal);
    }
  }

  /** A storage that lost an upload may also break the connection: one that took nothing more is not tried for ever. */
  #isUseless(error: unknown): boolean {
    const { current } = this.of;
    const tookNothing = this.#waiting.length === 0 && this.#stored === this.left?.parts.length;
    return isFinal(error, current) || (this.isDoubtful && tookNothing && !current.signal.aborted);
  }

  async #rest(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#recording.catch(() => {});
    clearTimeout(this.#timer);
  }

  /** Statements follow one another, so that none overtakes the one that makes the upload's row. */
  #record(): Promise<void> {
    this.#recording = this.#recording.catch(() => {}).then(() => this.#recordWaiting());
    return this.#recording;
  }

  async #recordWaiting(): Promise<void> {
    this.#timer = undefined;
    const parts = this.#waiting;
    if (!this.#row || parts.length === 0) return;
    this.#waiting = [];
    const wasRecorded = this.#isRecorded;
    // Also if the answer is lost.
    this.#isRecorded = true;
    try {
      const isOurs = await recordParts(this.of.db, this.#row, parts);
      if (!isOurs) this.#isRecorded = wasRecorded;
      if (!isOurs) return;
    } catch (error) {
      this.#waiting = [...parts, ...this.#waiting];
      throw error;
    }
    this.#stored += parts.length;
    this.of.current.reach?.(this.#stored);
  }
}

const warn = (error: unknown) =>
  getLogger().warn({ error: loggable(error) }, "Recording or aborting a part of an upload failed.");
