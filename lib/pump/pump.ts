import { finished, type Readable, Transform } from "node:stream";
import type { Stored } from "../destinations/upload-types";
import { type Measured, Meter, type SoFar } from "../meter/meter";
import type { Encoding } from "../rows/formats/encoding";
import { errorAtEnd, headersOf } from "../source/answer";
import { sourceFailure } from "../source/errors";
import { planMismatch } from "./plan-mismatch";
import { watchFlow } from "./stalled";

export interface Pumped {
  /** Starts the source's response. */
  open(signal: AbortSignal): Promise<Readable>;
  encoding: Pick<Encoding, "codec" | "rows" | "frameLines">;
  /** Row count of the plan. */
  expectedRows: number;
  /** The bytes after each of which `put` gets to know the hash of all before. */
  hashEvery?: number | undefined;
  /**
   * Sends the body to the destination. May resolve only once the body has ended successfully and is stored whole.
   * `sha256At` knows the hash of the body's beginning once it has passed.
   */
  put(body: Readable, signal: AbortSignal, sha256At: (bytes: number) => string | undefined): Promise<Stored>;
  /** Is called when bytes begin to pass, with a function that says how many have. Returns what to call at the end. */
  watch?: (soFar: () => SoFar) => () => void;
  signal: AbortSignal;
}

export type PumpedFile = Measured & Stored;

/**
 * Carries one file from the source to the destination, and measures its bytes on the way. The body fails before its end
 * if the bytes differ from the plan, so a wrong file is never stored. Throws an `ExportError`, also if the destination
 * takes next to nothing for minutes.
 */
export async function pumpFile(file: Pumped): Promise<PumpedFile> {
  // The end of either side ends the other.
  const ended = new AbortController();
  const signal = AbortSignal.any([file.signal, ended.signal]);
  let stalled: Error | undefined;
  let endWatch = () => {};
  let endProgress: (() => void) | undefined;
  try {
    const source = await file.open(signal);
    let measured: Measured | undefined;
    let passed = 0;
    const meter = new Meter(file.encoding, file.hashEvery);
    const body = metered(file, source, meter, {
      onPassed: (bytes) => {
        passed += bytes;
      },
      onEnd: (result) => {
        measured = result;
      },
    });
    const isWaiting = () => source.readableLength > 0 || body.readableLength > 0;
    endWatch = watchFlow({ isWaiting, taken: () => passed - body.readableLength }, (error) => {
      stalled = error;
      ended.abort();
    });
    endProgress = file.watch?.(() => meter.soFar);
    source.pipe(body);
    const stored = await file.put(body, signal, (bytes) => meter.sha256At(bytes));
    if (!measured) throw new Error("The destination responded before the body ended.");
    return { ...measured, ...stored };
  } catch (error) {
    throw stalled ?? error;
  } finally {
    endWatch();
    endProgress?.();
    ended.abort();
  }
}

interface Passing {
  onPassed(bytes: number): void;
  onEnd(measured: Measured): void;
}

/**
 * Passes bytes through and measures them. Fails instead of ending if they differ from the plan, or if the response
 * breaks off or ends with an error.
 */
function metered(file: Pumped, source: Readable, meter: Meter, { onPassed, onEnd }: Passing): Transform {
  let broken: Error | null = null;
  /** ClickHouse's error at the end of its response explains a failure better than its consequences. */
  const explained = async (error: unknown) => errorAtEnd(await meter.tail(), headersOf(source)) ?? error;
  const end = async () => {
    if (broken) throw broken;
    const measured = await meter.finish();
    const failed = await explained(null);
    if (failed) throw failed;
    if (measured.rows !== file.expectedRows) throw planMismatch(file.expectedRows, measured.rows);
    onEnd(measured);
  };
  const fail = async (error: unknown, done: (error: Error) => void) => done(sourceFailure(await explained(error)));
  const body = new Transform({
    transform: (chunk: Buffer, _, done) =>
      void meter.add(chunk).then(
        () => {
          onPassed(chunk.length);
          done(null, chunk);
        },
        (error) => fail(error, done),
      ),
    flush: (done) =>
      void end().then(
        () => done(),
        (error) => fail(error, done),
      ),
  });
  // A response that breaks off must break the body, never end it; but what came before is read first.
  finished(source, (error) => {
    if (!error) return;
    broken = error;
    if (file.signal.aborted) body.destroy(sourceFailure(error));
    else body.end();
  });
  return body;
}
