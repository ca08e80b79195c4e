import { createHash, randomBytes } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Codec, RowForm } from "../rows/formats/types";
import { MIB } from "../units";
import { Meter } from "./meter";

const PACK = {
  none: (raw: Buffer) => raw,
  gzip: (raw: Buffer) => gzipSync(raw),
  zstd: (raw: Buffer) => zstdCompressSync(raw),
};

interface Form {
  codec?: Codec;
  rows?: RowForm;
  frameLines?: number;
}

async function measure(bytes: Buffer, { codec = "none", rows = "lines", frameLines = 0 }: Form, step: number) {
  const meter = new Meter({ codec, rows, frameLines });
  for (let at = 0; at < bytes.length; at += step) await meter.add(bytes.subarray(at, at + step));
  return meter.finish();
}

/** A row as in PostgreSQL's documentation of COPY. */
function copyRow(fields: (Uint8Array | null)[]): Buffer {
  const head = Buffer.alloc(2);
  head.writeInt16BE(fields.length);
  const parts = fields.map((field) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(field?.length ?? -1);
    return Buffer.concat([length, field ?? Buffer.alloc(0)]);
  });
  return Buffer.concat([head, ...parts]);
}

const steps = fc.integer({ min: 1, max: 64 });

describe("Meter", () => {
  it("counts rows, bytes and hash of any bytes in any pieces", async () => {
    const lines = fc.array(fc.string({ unit: "grapheme" }).map((line) => `${line.replaceAll("\n", "")}\n`));
    await fc.assert(
      fc.asyncProperty(lines, steps, async (rows, step) => {
        for (const codec of ["none", "gzip", "zstd"] as const) {
          const bytes = PACK[codec](Buffer.from(rows.join("")));
          expect(await measure(bytes, { codec }, step)).toEqual({
            rows: rows.length,
            bytes: bytes.length,
            sha256: createHash("sha256").update(bytes).digest("hex"),
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  it.each(["gzip", "zstd"] as const)("counts what comes in large pieces: %s", async (codec) => {
    const rows = Array.from({ length: 4000 }, () => `${randomBytes(64).toString("hex")}\n`);
    const bytes = PACK[codec](Buffer.from(rows.join("")));
    for (const step of [bytes.length, 2 ** 17, 2 ** 16 + 1])
      expect((await measure(bytes, { codec }, step)).rows).toBe(rows.length);
  });

  it.each(["gzip", "zstd"] as const)("gives memory back as it inflates: %s", async (codec) => {
    const transfer = vi.spyOn(ArrayBuffer.prototype, "transfer");
    const rows = 100_000;
    const raw = Buffer.from("a row, its end included\n".repeat(rows));
    expect((await measure(PACK[codec](raw), { codec }, 1024)).rows).toBe(rows);
    // All full buffers of a megabyte.
    expect(transfer).toHaveBeenCalledTimes(Math.floor(raw.length / MIB));
    transfer.mockRestore();
  });

  it("counts the rows of CSV, whose values hold line ends, commas and quotes", async () => {
    // Includes long values, which are scanned many bytes at a time, and bytes that differ by one from those sought.
    const unit = fc.constantFrom("a", "\n", "\r", '"', ",", "!", "\v", "é", "plain text of some length, ");
    const value = fc.string({ unit, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(value, { minLength: 1, maxLength: 4 })), steps, async (rows, step) => {
        const quoted = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
        const bytes = Buffer.from(["head", ...quoted].map((line) => `${line}\r\n`).join(""));
        expect((await measure(bytes, { rows: "csv", frameLines: 1 }, step)).rows).toBe(rows.length);
      }),
      { numRuns: 200 },
    );
  });

  it("counts the rows of a binary COPY, whatever is in their fields", async () => {
    const value = fc.option(fc.uint8Array({ maxLength: 9 }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(value, { minLength: 1, maxLength: 4 })), steps, async (rows, step) => {
        const bytes = Buffer.concat(rows.map(copyRow));
        expect((await measure(bytes, { rows: "copy" }, step)).rows).toBe(rows.length);
      }),
      { numRuns: 200 },
    );
  });

  it("leaves the lines of a frame out", async () => {
    expect((await measure(Buffer.from("<?xml?>\n<Events>\na\nb\n</Events>\n"), { frameLines: 3 }, 5)).rows).toBe(2);
  });

  it("takes nothing for an empty file", async () => {
    for (const rows of ["lines", "csv", "parquet", "copy"] as const)
      expect(await measure(Buffer.alloc(0), { codec: "gzip", rows }, 1)).toMatchObject({ rows: 0, bytes: 0 });
  });

  it("refuses a row without its end, a cut stream and bytes of another kind", async () => {
    await expect(measure(Buffer.from("a\nb"), {}, 2)).rejects.toThrow("cut short");
    await expect(measure(Buffer.from('a\r\n"b\r\n'), { rows: "csv" }, 2)).rejects.toThrow("cut short");
    const row = copyRow([Buffer.from("a"), null, Buffer.from("b")]);
    for (let cut = 1; cut < row.length; cut += 1)
      await expect(measure(row.subarray(0, cut), { rows: "copy" }, 3)).rejects.toThrow("cut short");
    await expect(measure(Buffer.from("PAR1 and no footer"), { rows: "parquet" }, 2)).rejects.toThrow("cut short");
    for (const codec of ["gzip", "zstd"] as const) {
      const whole = PACK[codec](Buffer.from("a\nb\n".repeat(1000)));
      await expect(measure(whole.subarray(0, whole.length - 9), { codec }, 16)).rejects.toThrow();
      await expect(measure(Buffer.from("Code: 241. DB::Exception\n"), { codec }, 8)).rejects.toThrow();
    }
  });
});
