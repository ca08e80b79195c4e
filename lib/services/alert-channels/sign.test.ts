import { describe, expect, it } from "vitest";
import { signature } from "./sign";

describe("a webhook's signature", () => {
  it("is the HMAC-SHA256 of time and body", () => {
    // printf '1764000000.{"kind":"test"}' | openssl dgst -sha256 -hmac secret
    expect(signature("secret", '{"kind":"test"}', 1_764_000_000)).toBe(
      "t=1764000000,v1=8a6aa2d46efbbd9ed3c4de01ba298ffda930c60679af77712d20b7273d1fa8fa",
    );
  });

  it.each([
    ["another secret", "other", "{}", 1],
    ["another body", "secret", "{ }", 1],
    ["another time", "secret", "{}", 2],
  ])("differs with %s", (_, secret, body, time) => {
    const mac = (value: string) => value.split("v1=")[1];
    expect(mac(signature(secret, body, time))).not.toBe(mac(signature("secret", "{}", 1)));
  });
});
