import { asyncLocalStorage, type Context } from "@temporalio/activity";
import { CancelledFailure } from "@temporalio/common";
import { describe, expect, it, vi } from "vitest";
import { ExportError } from "@/lib/errors";
import type { Attempts } from "@/lib/temporal/attempts";
import { type Handling, type Step, step } from "./step";

vi.mock("@/lib/services/logger", () => ({ getLogger: () => ({ error() {}, warn() {} }), loggable: () => ({}) }));

const broken = new ExportError({ code: "unreachable", message: "Broken.", fix: null, retryable: true });
const OVER = { isOver: true, furthest: 0, reached: 0 };

/** Runs a step as an attempt that begins with these details; returns how it failed and its last details. */
async function attemptAt(
  attempt: number,
  details: Attempts | undefined,
  work: (step: Step, end: (reason: string) => void) => Promise<void>,
  handling: Handling = { most: 15 },
) {
  const ended = new AbortController();
  const heartbeat = vi.fn<(details: Attempts) => void>();
  const info = { attempt, heartbeatDetails: details };
  const context = { info, cancellationSignal: ended.signal, heartbeat } as unknown as Context;
  const end = (reason: string) => ended.abort(new CancelledFailure(reason));
  const error: unknown = await asyncLocalStorage.run(context, () =>
    step((current) => work(current, end), handling).then(
      () => null,
      (failure: unknown) => failure,
    ),
  );
  return { error, last: heartbeat.mock.calls.at(-1)?.[0] };
}

const shutDown = async (_: Step, end: (reason: string) => void) => {
  end("WORKER_SHUTDOWN");
  throw new Error("aborted");
};

const breaks = async () => {
  throw broken;
};

describe("a step", () => {
  it("that fails counts, and pauses by the attempts that count", async () => {
    const { error, last } = await attemptAt(9, { counted: 2, attempt: 8, ...OVER }, breaks);
    expect(error).toMatchObject({ type: "unreachable", nonRetryable: false, nextRetryDelay: 8000 });
    expect(last).toMatchObject({ counted: 3, attempt: 9, isOver: true });
  });

  it("ends with the last attempt that counts, with the failure itself", async () => {
    const { error } = await attemptAt(40, { counted: 14, attempt: 39, ...OVER }, breaks);
    expect(error).toMatchObject({ type: "unreachable", nonRetryable: true, details: [broken.failure] });
  });

  it("that its worker's shutdown ends does not count, even if the ledger can't be told", async () => {
    const onFailure = vi.fn().mockRejectedValue(new Error("no ledger"));
    const { error, last } = await attemptAt(40, { counted: 14, attempt: 39, ...OVER }, shutDown, {
      most: 15,
      onFailure,
    });
    expect(error).toMatchObject({ type: "worker_shutdown", nonRetryable: false, nextRetryDelay: 1000 });
    expect(last).toMatchObject({ counted: 14, attempt: 40, isOver: true });
    expect(onFailure).toHaveBeenCalledTimes(1);
  });

  it("that does not stop is left some seconds after a shutdown", async () => {
    vi.useFakeTimers();
    const outcome = attemptAt(1, undefined, (_, end) => {
      end("WORKER_SHUTDOWN");
      return new Promise(() => {});
    });
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    expect((await outcome).error).toMatchObject({ type: "worker_shutdown" });
  });

  it("that is canceled has not failed", async () => {
    const onFailure = vi.fn();
    const cancel = async (_: Step, end: (reason: string) => void) => {
      end("CANCELLED");
      throw broken;
    };
    const { error } = await attemptAt(1, undefined, cancel, { onFailure });
    expect(error).toBeInstanceOf(CancelledFailure);
    expect(onFailure).not.toHaveBeenCalled();
  });

  it("says how far it came, so that losing its worker then does not count", async () => {
    vi.useFakeTimers();
    const { last } = await attemptAt(1, undefined, async ({ reach }) => {
      reach(7);
      vi.advanceTimersByTime(5000);
    });
    vi.useRealTimers();
    expect(last).toMatchObject({ attempt: 1, isOver: false, reached: 7 });
    const { last: next } = await attemptAt(2, last, async () => {});
    expect(next).toMatchObject({ counted: 0, furthest: 7 });
  });

  it("whose workers are all lost ends before it begins again", async () => {
    const work = vi.fn();
    const onFailure = vi.fn();
    const lost = { counted: 14, attempt: 15, isOver: false, furthest: 3, reached: 3 };
    const { error } = await attemptAt(16, lost, work, { most: 15, onFailure });
    expect(error).toMatchObject({ type: "worker_lost", nonRetryable: true });
    expect(work).not.toHaveBeenCalled();
    expect(onFailure).toHaveBeenCalledWith(expect.objectContaining({ code: "worker_lost" }), 16, expect.anything());
  });
});
