import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MINUTE } from "../units";
import { pumpFile } from "./pump";

const CHUNK = Buffer.from("{}\n".repeat(10_000));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a file whose destination takes nothing", () => {
  it("ends, and says what it waited for", async () => {
    const source = Readable.from(Array.from({ length: 100 }, () => CHUNK));
    const putting = Promise.withResolvers<AbortSignal>();
    const pumped = pumpFile({
      open: async () => source,
      encoding: { codec: "none", rows: "lines", frameLines: 0 },
      expectedRows: 1_000_000,
      put: (_, signal) => {
        putting.resolve(signal);
        return new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason));
        });
      },
      signal: new AbortController().signal,
    });
    const failed = expect(pumped).rejects.toMatchObject({ failure: { code: "destination_stalled", retryable: true } });
    await putting.promise;
    // Bytes move until the buffers in between are full.
    await vi.waitFor(() => expect(source.readableLength).toBeGreaterThan(0));
    vi.advanceTimersByTime(6 * MINUTE);
    await failed;
  });
});

describe("a file that is watched", () => {
  it("says how much has passed, until it ends", async () => {
    const ended = vi.fn();
    let soFar: (() => unknown) | undefined;
    const seen: unknown[] = [];
    await pumpFile({
      open: async () => Readable.from([CHUNK, CHUNK]),
      encoding: { codec: "none", rows: "lines", frameLines: 0 },
      expectedRows: 20_000,
      put: async (body) => {
        for await (const _ of body) seen.push(soFar?.());
        expect(ended).not.toHaveBeenCalled();
        return { etag: "stored", encryption: null };
      },
      watch: (tell) => {
        soFar = tell;
        return ended;
      },
      signal: new AbortController().signal,
    });
    expect(seen.at(-1)).toEqual({ rows: 20_000, bytes: 2 * CHUNK.length });
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
