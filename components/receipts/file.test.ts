import { describe, expect, it } from "vitest";
import type { ReceiptV1, ReceiptV2 } from "@/lib/fields/receipt";
import { linkHash } from "@/lib/receipts/hash";
import type { Certificate } from "@/lib/schemas/receipt";
import { certificateFile, hashOf, receiptFile } from "./file";

const signature = { alg: "EdDSA", kid: "key", value: "value" };

describe("a receipt as a file", () => {
  it("has the canonical bytes of version 2", () => {
    const receipt = { version: 2, sequence: 12, runId: "run", bytes: 1e3, signature } as ReceiptV2;
    expect(receiptFile(receipt)).toEqual({
      name: "receipt-12.json",
      text: '{"bytes":1000,"runId":"run","sequence":12,"signature":{"alg":"EdDSA","kid":"key","value":"value"},"version":2}',
    });
  });

  it("keeps the indentation of version 1", () => {
    expect(receiptFile({ version: 1, runId: "run" } as ReceiptV1)).toEqual({
      name: "receipt-run.json",
      text: '{\n  "version": 1,\n  "runId": "run"\n}',
    });
  });
});

describe("a certificate as a file", () => {
  const of = (from: string, to: string) => certificateFile({ from, to } as Certificate);

  it("is named by days, and by times where they are not midnight", () => {
    expect(of("2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z").name).toBe(
      "certificate-2026-11-01-2026-12-01.json",
    );
    expect(of("2026-11-01T14:30:00.000Z", "2026-12-01T00:00:00.000Z")).toEqual({
      name: "certificate-2026-11-01T1430-2026-12-01.json",
      text: '{"from":"2026-11-01T14:30:00.000Z","to":"2026-12-01T00:00:00.000Z"}',
    });
  });
});

describe("the hash of a link", () => {
  it("is the server's, and leaves out the signature", () => {
    const link = { version: 2, export: { name: "Käufe 🛒" }, signature };
    expect(hashOf(link)).toBe(linkHash(link));
    expect(hashOf(link)).toBe(hashOf({ ...link, signature: null }));
  });
});
