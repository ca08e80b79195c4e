import { finished, PassThrough, type Readable } from "node:stream";
import { giveBack } from "../meter/give-back";
import type { Measured } from "../meter/meter";
import { TAIL, Tail } from "../meter/tail";
import type { Encoding } from "../rows/formats/encoding";
import type { Frame } from "../rows/formats/types";
import { errorAtEnd, headersOf } from "../source/answer";
import { sourceFailure } from "../source/errors";
import { MIB } from "../units";
import { FileFailed } from "./file-failed";
import { FileSplitter, type SplitFile } from "./file-splitter";
import { measureWhole, pack } from "./pack";
import { planMismatch } from "./plan-mismatch";
import { Room } from "./room";

/** Maximum files of a group in flight, and their bytes before any codec. */
const [AT_ONCE, BYTES] = [16, 8 * MIB];

/** A file of a group as planned. */
export interface GroupedFile {
  index: number;
  frame: Frame;
  expectedRows: number;
  expectedFingerprint: bigint;
}

export interface PumpedGroup<File extends GroupedFile> {
  /** Starts the source's response. */
  open(signal: AbortSignal): Promise<Readable>;
  /** Prefix of each row of the response. */
  token: string;
  encoding: Pick<Encoding, "codec" | "rows" | "frameLines">;
  /** Compression level. */
  level: number;
  files: readonly File[];
  /** Sends a file to the destination. An error ends the group. */
  send(file: File, bytes: Buffer, measured: Measured): Promise<void>;
  signal: AbortSignal;
}

/**
 * Carries a group's files from one response of the source to the destination, each whole and as planned, or not at all.
 * Throws an `ExportError`; nothing is in flight then, and the files already sent are correct.
 */
export async function pumpGroup<File extends GroupedFile>(group: PumpedGroup<File>): Promise<void> {
  const ended = new AbortController();
  const room = new Room(AT_ONCE, BYTES);
  let next = 0;
  try {
    const source = await group.open(AbortSignal.any([group.signal, ended.signal]));
    for await (const split of splitAnswer(source, group)) {
      const file = group.files[next++];
      if (!file) throw new Error("The source returned rows of a file that isn't in the group.");
      // The rows belong to a later file, so this one has none.
      if (split.place !== next - 1) throw mismatch(file, 0);
      await room.begin(split.text.length, () => deliver(group, file, split));
    }
    const missing = group.files[next];
    if (missing) throw mismatch(missing, 0);
    await room.ended();
  } finally {
    ended.abort();
    await room.settled();
  }
}

const mismatch = ({ index, expectedRows }: GroupedFile, found: number) =>
  new FileFailed(index, planMismatch(expectedRows, found).failure);

async function deliver<File extends GroupedFile>(
  { encoding, level, send, signal }: PumpedGroup<File>,
  file: File,
  { rows, fingerprint, text }: SplitFile,
): Promise<void> {
  signal.throwIfAborted();
  const { expectedRows, expectedFingerprint, frame } = file;
  if (rows !== expectedRows || fingerprint !== expectedFingerprint) throw mismatch(file, rows);
  const framed = Buffer.concat([Buffer.from(frame.before), text, Buffer.from(frame.after)]);
  giveBack(text);
  const { length } = framed;
  const bytes = await pack(framed, encoding.codec, level);
  if (bytes !== framed) giveBack(framed);
  const measured = await measureWhole(bytes, encoding, length);
  if (measured.rows !== expectedRows) throw mismatch(file, measured.rows);
  await send(file, bytes, measured);
}

/**
 * The files of a response, each once it is known to be whole: the last one after the response has ended successfully.
 * Throws an `ExportError`.
 */
async function* splitAnswer(
  source: Readable,
  { token, signal }: Pick<PumpedGroup<GroupedFile>, "token" | "signal">,
): AsyncGenerator<SplitFile> {
  const splitter = new FileSplitter(Buffer.from(token));
  const tail = new Tail(TAIL);
  let broken: Error | null = null;
  const answer = source.pipe(new PassThrough());
  // Reads what came before a break first: it may say why.
  finished(source, (error) => {
    if (!error) return;
    broken = error;
    if (signal.aborted) answer.destroy(error);
    else answer.end();
  });
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      tail.add(chunk);
      yield* splitter.add(chunk);
      giveBack(chunk);
    }
    const failed = errorAtEnd(tail.bytes(), headersOf(source)) ?? broken;
    if (failed) throw failed;
    const last = splitter.finish();
    if (last) yield last;
  } catch (error) {
    throw sourceFailure(errorAtEnd(tail.bytes(), headersOf(source)) ?? error);
  }
}
