import { describe, expect, it } from "vitest";
import { type Connecting, parseAllowed } from "../ip/allowed";
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

const own = [
  { name: "db.internal", port: 5432 },
  { name: "127.0.0.1", port: 7233 },
];
const check = (url: string, allowed = "", who: Partial<Connecting> = {}) =>
  checkAddress(url, { purpose: "s3", ...who, resolve, own, allowed: parseAllowed(allowed) });

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
    expect(await check(url)).toContain("isn't a public address");
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

  it("is refused where the system's own names lead to the loopback, which is not said", async () => {
    const problem = await checkAddress("http://localhost:9000", { purpose: "s3", allowed: [], own });
    expect(problem).toBe("localhost isn't a public address, and this installation doesn't allow it.");
  });
});

const [OURS, THEIRS] = ["5b0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10", "6c0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10"];

describe("an exception", () => {
  it.each<[string, Connecting, boolean]>([
    ["10.0.0.7", { purpose: "s3" }, true],
    ["10.0.0.7", { purpose: "postgres" }, true],
    ["10.0.0.7", { purpose: "webhook" }, false],
    ["webhook=10.0.0.7", { purpose: "webhook" }, true],
    ["webhook=10.0.0.7", { purpose: "s3" }, false],
    ["postgres=10.0.0.0/8:80", { purpose: "postgres" }, true],
    ["postgres=10.0.0.0/8:80", { purpose: "bigquery" }, false],
    ["s3=other.example, snowflake=10.0.0.7", { purpose: "snowflake" }, true],
    [`s3@${OURS}=10.0.0.7`, { purpose: "s3", organizationId: OURS }, true],
    [`s3@${OURS}=10.0.0.7`, { purpose: "s3", organizationId: THEIRS }, false],
    [`s3@${OURS}=10.0.0.7`, { purpose: "s3" }, false],
  ])("“%s” is for %o: %s", async (allowed, who, fine) => {
    expect((await check("http://10.0.0.7", allowed, who)) === null).toBe(fine);
  });
});

describe("one of Penstock's own parts", () => {
  it.each([
    ["http://db.internal:5432", "db.internal", false],
    ["http://DB.internal:5432", "postgres=db.internal", true],
    ["http://127.0.0.1:7233", "127.0.0.0/8", false],
    ["http://loops6.example:7233", "::1", false],
    ["http://127.0.0.5:7233", "127.0.0.0/8", false],
    ["http://127.0.0.1:7233", "postgres=127.0.0.1:7233", true],
    ["http://127.0.0.1:7234", "127.0.0.0/8", true],
    ["http://loops.example:5432", "loops.example", true],
  ])("%s with the exception %s: %s", async (url, allowed, fine) => {
    expect((await check(url, allowed, { purpose: "postgres" })) === null).toBe(fine);
  });
});
