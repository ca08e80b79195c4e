import { Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import type { Source } from "@/lib/source/client";
import { readSource } from "@/lib/source/settings";
import { SECOND } from "@/lib/units";
import { requireSettled } from "./settled";

const intervalEnd = new Date("2031-05-05T12:00:00Z");
const SETTLE = 60;

/** A source whose clock stands still, so many seconds after the window's end. */
function sourceAt(seconds: number, tables: { delay: number }[] = []): Source {
  const now = String(intervalEnd.getTime() + seconds * SECOND);
  const states = tables.map(({ delay }) => ({ table: "events", readonly: 0, expired: 0, delay: String(delay) }));
  const exec = async ({ query }: { query: string }) => ({
    stream: Readable.from(
      (query.includes("system.replicas") ? states : [{ now }]).map((row) => Buffer.from(`${JSON.stringify(row)}\n`)),
    ),
    response_headers: { "transfer-encoding": "chunked" },
  });
  return { plain: { exec } } as unknown as Source;
}

const settled = (source: Source) => requireSettled(source, { intervalEnd }, SETTLE, AbortSignal.timeout(10_000));

beforeAll(() => readSource({ settleSeconds: SETTLE, sequentialConsistency: false }));

describe("a window settles by the source's clock", () => {
  it("whatever the clock of this process says", async () => {
    await expect(settled(sourceAt(SETTLE))).resolves.toBeUndefined();
  });

  it("and a plan that is early waits if the time is near", async () => {
    const began = performance.now();
    await settled(sourceAt(SETTLE - 0.2));
    expect(performance.now() - began).toBeGreaterThan(190);
  });

  it("and comes back later if it is not", async () => {
    await expect(settled(sourceAt(SETTLE - 30))).rejects.toMatchObject({
      failure: { code: "not_settled", retryable: true, message: expect.stringContaining("settles in 30 s") },
    });
  });

  it("but not on a replica that is further behind", async () => {
    await expect(settled(sourceAt(SETTLE, [{ delay: SETTLE }]))).resolves.toBeUndefined();
    await expect(settled(sourceAt(SETTLE, [{ delay: SETTLE + 1 }]))).rejects.toMatchObject({
      failure: { code: "source_stale", retryable: true },
    });
  });
});
