import { describe, expect, it } from "vitest";
import { parseAddress } from "./address";
import { isAddressAllowed, isNameAllowed, parseAllowed } from "./allowed";

describe("ALLOWED_PRIVATE_HOSTS", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1", 80, true],
    ["127.0.0.1", "127.0.0.2", 80, false],
    ["127.0.0.1:7071", "127.0.0.1", 7071, true],
    ["127.0.0.1:7071", "127.0.0.1", 7072, false],
    ["10.0.0.0/8", "10.200.3.4", 443, true],
    ["10.0.0.0/8", "11.0.0.1", 443, false],
    ["10.0.0.0/8:9000", "10.0.0.1", 9000, true],
    ["10.0.0.0/8:9000", "10.0.0.1", 9001, false],
    ["::1", "::1", 80, true],
    ["[::1]:9000", "::1", 9000, true],
    ["[::1]:9000", "::1", 80, false],
    ["fd00::/8", "fd12::1", 80, true],
    ["[fd00::/8]:9000", "fd12::1", 9000, true],
    ["[fd00::/8]:9000", "fd12::1", 80, false],
    ["127.0.0.1", "::ffff:127.0.0.1", 80, true],
    ["minio.internal", "10.0.0.1", 80, false],
    [" a.example , 10.0.0.1\n10.0.0.2", "10.0.0.2", 80, true],
    ["", "127.0.0.1", 80, false],
  ])("“%s”: is %s on port %i allowed? %s", (text, address, port, allowed) => {
    expect(isAddressAllowed(parseAllowed(text), parseAddress(address)!, port)).toBe(allowed);
  });

  it.each([
    ["minio", "minio", 9000, true],
    ["minio.internal:9000", "MinIO.internal.", 9000, true],
    ["minio.internal:9000", "minio.internal", 80, false],
    ["internal", "minio.internal", 80, false],
    ["10.0.0.1", "minio", 80, false],
  ])("“%s”: may the name %s on port %i lead anywhere? %s", (text, name, port, allowed) => {
    expect(isNameAllowed(parseAllowed(text), { name, port })).toBe(allowed);
  });

  it.each(["10.0.0.0/33", "a b/c", "host:0", "host:70000", "http://host", "*.internal"])("can't hold “%s”", (text) => {
    expect(() => parseAllowed(text)).toThrow("isn't a host");
  });
});
