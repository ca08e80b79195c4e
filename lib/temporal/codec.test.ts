import { randomBytes } from "node:crypto";
import type { Payload } from "@temporalio/common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyRing } from "../crypto/key-ring";
import { EncryptionCodec } from "./codec";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const codec = (keys: string) => new EncryptionCodec(keyRing(keys, "payloads"));
const payload = (data: Uint8Array): Payload => ({ metadata: { encoding: Buffer.from("json/plain") }, data });
const plain = (payloads: Payload[]) =>
  payloads.map(({ metadata, data }) => [Buffer.from(metadata?.encoding ?? []).toString(), [...(data ?? [])]]);

describe("EncryptionCodec", () => {
  it("brings back every payload, and shows none", async () => {
    const one = codec(key("k1"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 8 })), async (datas) => {
        const payloads = datas.map(payload);
        const encoded = await one.encode(payloads);
        for (const [i, { metadata, data }] of encoded.entries()) {
          expect(Buffer.from(metadata?.encoding ?? []).toString()).toBe("binary/encrypted");
          expect(Buffer.from(data ?? []).includes(Buffer.from(datas[i] ?? []))).toBe(false);
        }
        expect(plain(await one.decode(encoded))).toEqual(plain(payloads));
      }),
      { numRuns: 30 },
    );
  });

  it("opens what an older key sealed, and no other's", async () => {
    const [first, second] = [key("k1"), key("k2")];
    const payloads = [payload(Buffer.from('"ids only"'))];
    const sealed = await codec(first).encode(payloads);
    expect(plain(await codec(`${second},${first}`).decode(sealed))).toEqual(plain(payloads));
    await expect(codec(second).decode(sealed)).rejects.toThrow('"k1" is not in ENCRYPTION_KEYS');
    await expect(codec(key("k1")).decode(sealed)).rejects.toThrow();
  });

  it("lets payloads pass that were never encrypted", async () => {
    const payloads = [payload(Buffer.from("1"))];
    expect(await codec(key("k1")).decode(payloads)).toEqual(payloads);
  });
});
