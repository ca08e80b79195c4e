import { describe, expect, it } from "vitest";
import { KIB, MIB } from "../units";
import { giveBack } from "./give-back";

const isGone = ({ buffer }: { buffer: ArrayBufferLike }) => (buffer as ArrayBuffer).detached;

describe("giveBack", () => {
  it("frees what a buffer has for itself", () => {
    const own = Buffer.allocUnsafeSlow(64 * KIB);
    const bytes = new Uint8Array(own.buffer);
    giveBack(own);
    expect(isGone(bytes)).toBe(true);
  });

  it("frees large memory with its last piece only", () => {
    const large = Buffer.allocUnsafeSlow(MIB);
    const memory = new Uint8Array(large.buffer);
    giveBack(large.subarray(0, 1000));
    expect(isGone(memory)).toBe(false);
    giveBack(large.subarray(1000));
    expect(isGone(memory)).toBe(true);
  });

  it("leaves what Node shares between small buffers, wherever in it they lie", () => {
    // Enough to fill the shared memory several times.
    const small = Array.from({ length: 3000 }, (_, i) => Buffer.from(`text ${i}`.padEnd(100, "x")));
    for (const buffer of small) giveBack(buffer);
    expect(small.every((buffer, i) => buffer.toString().startsWith(`text ${i}x`))).toBe(true);
  });
});
