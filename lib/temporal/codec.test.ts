import { randomBytes, randomUUID } from "node:crypto";
import type { Payload } from "@temporalio/common";
import proto from "@temporalio/proto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyRing } from "../crypto/key-ring";
import { seal } from "../crypto/seal";
import { EncryptionCodec } from "./codec";

const PayloadMessage = proto.temporal.api.common.v1.Payload;
const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const codec = (keys: string, namespace = "default") => new EncryptionCodec(keyRing(keys, "payloads"), namespace);
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
    await expect(codec(second).decode(sealed)).rejects.toThrow(`"k1" isn't in ENCRYPTION_KEYS`);
    await expect(codec(key("k1")).decode(sealed)).rejects.toThrow();
  });

  it("opens nothing of another namespace, and what an earlier version sealed for any", async () => {
    const keys = key("k1");
    const payloads = [payload(Buffer.from('"ids only"'))];
    const sealed = await codec(keys).encode(payloads);
    await expect(codec(keys, "other").decode(sealed)).rejects.toThrow();
    const { keyId, data } = seal(
      keyRing(keys, "payloads"),
      PayloadMessage.encode(payloads[0]!).finish(),
      "temporal-payload",
    );
    const metadata = { encoding: Buffer.from("binary/encrypted"), "encryption-key-id": Buffer.from(keyId) };
    expect(plain(await codec(keys).decode([{ metadata, data }]))).toEqual(plain(payloads));
  });

  it("refuses payloads that were never encrypted, but what the server writes of an activity that never began", async () => {
    const decode = (text: string) => codec(key("k1")).decode([payload(Buffer.from(text))]);
    await expect(decode('{"exportId":"x"}')).rejects.toThrow("wasn't encrypted by Penstock");
    await expect(decode('"ACTIVITY_ID_NOT_STARTED" ')).rejects.toThrow("wasn't encrypted by Penstock");
    expect(await decode('"ACTIVITY_ID_NOT_STARTED"')).toHaveLength(1);
    await expect(codec(key("k1")).decode([{ metadata: {}, data: Buffer.from("1") }])).rejects.toThrow(
      "wasn't encrypted by Penstock",
    );
  });

  it("opens a payload for its own kind of workflow only", async () => {
    const keys = key("k1");
    const payloads = [payload(Buffer.from('"ids only"'))];
    const id = randomUUID();
    const workflow = (workflowId: string) => ({ type: "workflow" as const, namespace: "default", workflowId });
    const [historic, window] = [workflow(`historic-${id}`), workflow(`historic-${id}-2026-01-01T00:00:00.000Z`)];
    const sealed = await codec(keys).encode(payloads, historic);
    expect(plain(await codec(keys).decode(sealed, historic))).toEqual(plain(payloads));
    for (const other of [window, workflow(`run-${id}`), workflow(`export-${id}`), workflow("penstock-reconcile")])
      await expect(codec(keys).decode(sealed, other)).rejects.toThrow("another kind of workflow");
    // A schedule's workflows have their own ids, of the same kind.
    const scheduled = await codec(keys).encode(payloads, workflow(`export-${id}`));
    const fired = workflow(`export-${id}-2026-01-01T00:00:00Z`);
    expect(plain(await codec(keys).decode(scheduled, fired))).toEqual(plain(payloads));
    // Changing the stated kind opens nothing.
    const [{ metadata, data } = {}] = sealed;
    const renamed = { metadata: { ...metadata, "encryption-kind": Buffer.from("export") }, data: data ?? null };
    await expect(codec(keys).decode([renamed], window)).rejects.toThrow();
  });
});
