import { describe, expect, it } from "vitest";
import { parseAllowed } from "./allowed";
import { checkAddress } from "./guard";

const answers: Record<string, string[]> = {
  "public.example": ["93.184.215.14", "2606:2800:21f::1"],
  "loops.example": ["127.0.0.1"],
  "loops6.example": ["::1"],
  "mapped.example": ["::ffff:10.0.0.1"],
  "mixed.example": ["93.184.215.14", "10.0.0.7"],
  "zone.example": ["fe80::1%eth0"],
  "metadata.example": ["169.254.169.254"],
};

const resolve = async (name: string) => {
  const found = answers[name];
  if (!found) throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
  return found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
};

const check = (url: string, allowed = "") => checkAddress(url, { resolve, allowed: parseAllowed(allowed) });

describe("an address that a user sets", () => {
  it.each([
    "http://127.0.0.1",
    "http://2130706433",
    "http://0177.0.0.1",
    "http://0x7f.1",
    "http://127.1",
    "http://0x7f000001",
    "http://127.255.255.254:9000",
    "http://0.0.0.0",
    "http://0",
    "http://10.1.2.3",
    "http://172.16.0.1",
    "http://172.31.255.255",
    "http://192.168.1.1",
    "http://100.64.0.1",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.0.0.1",
    "http://192.0.2.1",
    "http://198.18.0.1",
    "http://224.0.0.1",
    "http://240.0.0.1",
    "http://255.255.255.255",
    "http://[::1]",
    "http://[::]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]",
    "http://[64:ff9b::7f00:1]",
    "http://[64:ff9b::10.0.0.1]",
    "http://[64:ff9b:1::7f00:1]",
    "http://[2002:7f00:1::]",
    "http://[2001:0:1::1]",
    "http://[2001:db8::1]",
    "http://[fd00::1]",
    "http://[fc00::1]",
    "http://[fe80::1]",
    "http://[fec0::1]",
    "http://[ff02::1]",
    "http://[100::1]",
    "http://loops.example",
    "https://loops6.example",
    "http://LOOPS.example",
    "http://mapped.example",
    "http://mixed.example",
    "http://zone.example",
    "http://metadata.example",
  ])("is refused: %s", async (url) => {
    expect(await check(url)).toContain("not a public address");
  });

  it.each([
    "https://8.8.8.8",
    "https://172.32.0.1",
    "https://[2606:4700::1111]",
    "https://[64:ff9b::808:808]",
    "https://public.example:9000",
    "https://unknown.example",
  ])("is fine: %s", async (url) => {
    expect(await check(url)).toBeNull();
  });

  it.each([
    ["http://127.0.0.1:9000", "127.0.0.1:9000", true],
    ["http://2130706433:9000", "127.0.0.1:9000", true],
    ["http://127.0.0.1:9001", "127.0.0.1:9000", false],
    ["http://loops.example", "loops.example", true],
    ["http://loops.example", "loops.example:80", true],
    ["https://loops.example", "loops.example:80", false],
    ["https://loops.example", "loops.example:443", true],
    ["http://mixed.example", "10.0.0.0/8", true],
    ["http://loops.example", "mixed.example", false],
  ])("%s with the exception %s: %s", async (url, allowed, fine) => {
    expect((await check(url, allowed)) === null).toBe(fine);
  });

  it("is refused where the system's own names lead to the loopback", async () => {
    const problem = await checkAddress("http://localhost:9000", { allowed: [] });
    expect(problem).toMatch(/localhost leads to (127\.0\.0\.1|::1), not a public address/);
  });
});
