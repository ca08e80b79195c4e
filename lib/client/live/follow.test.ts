import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Progress } from "@/lib/schemas/progress";
import { follow, type Source, WAITS } from "./follow";

const BUSY = { at: "", activeRuns: 1, runs: [], historicExports: [] } as Progress;
const IDLE = { ...BUSY, activeRuns: 0 };

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

const progress = (of: Progress) => ({ name: "progress", data: JSON.stringify(of) });
const end = (reason: string) => ({ name: "end", data: JSON.stringify({ reason }) });

/** Ends only by its signal, like a stream that a proxy holds back. */
const silence = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));

type Step = ReturnType<typeof progress> | "silence" | "break";

/** Follows streams of these steps, one after another; the last one again and again. */
function following(streams: Step[][], answers: Progress[] = [BUSY]) {
  const left = [...streams];
  const asked = [...answers];
  const seen: string[] = [];
  const source: Source = {
    async *stream(signal) {
      seen.push("stream");
      const steps = left.length > 1 ? left.shift()! : left[0]!;
      for (const step of steps) {
        if (step === "silence") await silence(signal);
        else if (step === "break") throw new Error("broken");
        else yield step;
      }
    },
    ask: async () => {
      seen.push("ask");
      return asked.length > 1 ? asked.shift()! : asked[0]!;
    },
  };
  const stopped = new AbortController();
  const follower = {
    onProgress: (of: Progress) => void seen.push(of === BUSY || of.activeRuns > 0 ? "busy" : "none"),
    onIdle: () => void seen.push("idle"),
  };
  const done = follow(source, follower, stopped.signal);
  return { seen, done, stop: () => stopped.abort() };
}

describe("following", () => {
  it("ends with the stream, and sends nothing more", async () => {
    const { seen, stop, done } = following([[progress(BUSY), progress(IDLE), end("idle")]]);
    await vi.advanceTimersByTimeAsync(WAITS.again - 100);
    expect(seen).toEqual(["stream", "busy", "none", "idle"]);
    stop();
    await done;
    await vi.advanceTimersByTimeAsync(WAITS.again * 10);
    expect(seen).toHaveLength(4);
  });

  it("looks again if the page still takes something to run", async () => {
    const { seen, stop } = following([[end("idle")], [progress(BUSY), "silence"]]);
    await vi.advanceTimersByTimeAsync(WAITS.again + 100);
    expect(seen).toEqual(["stream", "idle", "stream", "busy"]);
    stop();
  });

  it.each([
    ["is refused", ["break"] as Step[]],
    ["breaks off", [progress(BUSY), "break"] as Step[]],
    ["ends without a reason", [progress(BUSY)] as Step[]],
    ["ends because access was lost", [end("access")] as Step[]],
    ["can't ask the ledger", [end("unavailable")] as Step[]],
  ])("polls while a stream %s, and returns to it", async (_, steps) => {
    const { seen, stop } = following([steps, ["silence"]]);
    await vi.advanceTimersByTimeAsync(WAITS.retry - 1_000);
    expect(seen.filter((what) => what === "ask").length).toBe(WAITS.retry / WAITS.poll);
    expect(seen.filter((what) => what === "stream")).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(WAITS.poll + 2_000);
    expect(seen.at(-1)).toBe("stream");
    stop();
  });

  it("polls if a proxy holds the stream back, from its beginning or later", async () => {
    for (const steps of [["silence"], [progress(BUSY), "silence"]] as Step[][]) {
      const { seen, stop } = following([steps]);
      await vi.advanceTimersByTimeAsync(WAITS.silence - 100);
      expect(seen).not.toContain("ask");
      await vi.advanceTimersByTimeAsync(200);
      expect(seen.slice(-2)).toEqual(["ask", "busy"]);
      stop();
    }
  });

  it("ends by polling too", async () => {
    const { seen, stop } = following([["break"]], [BUSY, IDLE]);
    await vi.advanceTimersByTimeAsync(WAITS.poll + 100);
    expect(seen).toEqual(["stream", "ask", "busy", "ask", "none", "idle"]);
    stop();
  });

  it("goes to the next server when one ends", async () => {
    const { seen, stop } = following([[progress(BUSY), end("shutdown")], ["silence"]]);
    await vi.advanceTimersByTimeAsync(WAITS.poll + 100);
    expect(seen).toEqual(["stream", "busy", "stream"]);
    stop();
  });
});
