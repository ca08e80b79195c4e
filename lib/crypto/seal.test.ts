import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyRing } from "./key-ring";
import { open, seal } from "./seal";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const plain = Buffer.from("a secret");

describe("seal and open", () => {
  it("opens what it sealed, and hides it", () => {
    const ring = keyRing(key("k1"), "secrets");
    const sealed = seal(ring, plain, "connections:1");
    expect(sealed.data.includes(plain)).toBe(false);
    expect(open(ring, sealed, "connections:1")).toEqual(plain);
  });

  it("refuses another row, a changed byte, and a key of another purpose", () => {
    const spec = key("k1");
    const sealed = seal(keyRing(spec, "secrets"), plain, "connections:1");
    expect(() => open(keyRing(spec, "secrets"), sealed, "connections:2")).toThrow();
    expect(() => open(keyRing(spec, "payloads"), sealed, "connections:1")).toThrow();
    const changed = Buffer.from(sealed.data);
    changed[14] = (changed[14] ?? 0) ^ 1;
    expect(() => open(keyRing(spec, "secrets"), { ...sealed, data: changed }, "connections:1")).toThrow();
  });

  it("opens with an older key after a rotation, and says which key is gone", () => {
    const [first, second] = [key("k1"), key("k2")];
    const sealed = seal(keyRing(first, "secrets"), plain, "x");
    const rotated = keyRing(`${second},${first}`, "secrets");
    expect(open(rotated, sealed, "x")).toEqual(plain);
    expect(seal(rotated, plain, "x").keyId).toBe("k2");
    expect(() => open(keyRing(second, "secrets"), sealed, "x")).toThrow(`"k1" isn't in ENCRYPTION_KEYS`);
  });
});
