import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "./meter";

async function measure(bytes: Buffer, compression: "none" | "gzip", step: number) {
  const meter = new Meter(compression);
  for (let at = 0; at < bytes.length; at += step) await meter.add(bytes.subarray(at, at + step));
  return meter.finish();
}

describe("Meter", () => {
  it("counts rows, bytes and hash of any bytes in any pieces", async () => {
    const lines = fc.array(fc.string({ unit: "grapheme" }).map((line) => `${line.replaceAll("\n", "")}\n`));
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 64 }), async (rows, step) => {
        const raw = Buffer.from(rows.join(""));
        for (const compression of ["none", "gzip"] as const) {
          const bytes = compression === "gzip" ? gzipSync(raw) : raw;
          expect(await measure(bytes, compression, step)).toEqual({
            rows: rows.length,
            bytes: bytes.length,
            rawBytes: raw.length,
            sha256: createHash("sha256").update(bytes).digest("hex"),
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it("takes nothing for an empty file", async () => {
    expect(await measure(Buffer.alloc(0), "gzip", 1)).toMatchObject({ rows: 0, bytes: 0 });
  });

  it("refuses a row without its end, a cut gzip stream and bytes that are no gzip", async () => {
    await expect(measure(Buffer.from("a\nb"), "none", 2)).rejects.toThrow("cut short");
    const whole = gzipSync("a\nb\n".repeat(1000));
    await expect(measure(whole.subarray(0, whole.length - 9), "gzip", 16)).rejects.toThrow();
    await expect(measure(Buffer.from("Code: 241. DB::Exception\n"), "gzip", 8)).rejects.toThrow();
  });
});
