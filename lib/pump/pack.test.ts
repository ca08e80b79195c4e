import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "../meter/meter";
import { measureWhole, pack } from "./pack";

const codecs = ["none", "gzip", "zstd"] as const;

describe.each(codecs)("a small file packed as %s", (codec) => {
  const encoding = { codec, rows: "csv", frameLines: 1 } as const;
  const rows = fc.array(fc.string({ unit: "grapheme" }).map((value) => `"${value.replaceAll('"', '""')}",1\r\n`));

  it("is measured as the meter of streams does", async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 9 }), fc.nat({ max: 5000 }), async (lines, level, size) => {
        const bytes = await pack(Buffer.from(`name,n\r\n${lines.join("")}`), codec, level);
        const meter = new Meter(encoding);
        await meter.add(bytes);
        const measured = await measureWhole(bytes, encoding, size);
        expect(measured).toEqual(await meter.finish());
        expect(measured).toEqual({
          rows: lines.length,
          bytes: bytes.length,
          sha256: createHash("sha256").update(bytes).digest("hex"),
        });
      }),
      { numRuns: 50 },
    );
  });

  it("is the same where it is too large for this thread", async () => {
    const text = Buffer.from(`name,n\r\n${'"a",1\r\n'.repeat(40_000)}`);
    const measured = await measureWhole(await pack(text, codec, 3), encoding, text.length);
    expect(measured.rows).toBe(40_000);
  });

  it("is refused when it was cut off", async () => {
    const bytes = await pack(Buffer.from('name,n\r\n"a",1\r\n"b",2\r\n'), codec, 3);
    await expect(measureWhole(bytes.subarray(0, -3), encoding, 24)).rejects.toThrow();
  });
});
