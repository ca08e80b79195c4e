import { describe, expect, it } from "vitest";
import { keyRing } from "@/lib/crypto/key-ring";
import { newEncryptionKey } from "./new-key";

const KEY = Buffer.alloc(32).toString("base64");

describe("a new key", () => {
  it.each([
    ["", "k1"],
    [`k1:${KEY}`, "k2"],
    [`k9:${KEY}, k10:${KEY}`, "k11"],
    [`main:${KEY}`, "k1"],
  ])("after %s is %s", (existing, id) => {
    expect(newEncryptionKey(existing).split(":")[0]).toBe(id);
  });

  it("fits into the ring and is never the same", () => {
    const [first, second] = [newEncryptionKey(""), newEncryptionKey("")];
    expect(keyRing(first, "secrets").currentId).toBe("k1");
    expect(first).not.toBe(second);
  });
});
