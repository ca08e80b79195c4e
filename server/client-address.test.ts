import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { believeOnly, trustedProxies } from "./client-address";

const request = (remoteAddress: string, headers: Record<string, string>) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

describe("a client's address", () => {
  it.each([
    ["nobody is trusted", "", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["the peer is no proxy of ours", "10.0.0.0/8", "192.0.2.1", "203.0.113.9", "192.0.2.1"],
    ["the peer is a proxy", "192.0.2.1", "192.0.2.1", "203.0.113.9", "203.0.113.9"],
    ["the client wrote one itself", "192.0.2.1", "192.0.2.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"],
    ["two proxies, both ours", "192.0.2.1,10.0.0.0/8", "192.0.2.1", "1.1.1.1, 203.0.113.9, 10.1.1.1", "203.0.113.9"],
    ["a range by name", "loopback", "127.0.0.1", "203.0.113.9", "203.0.113.9"],
    ["IPv4 inside IPv6", "192.0.2.1", "::ffff:192.0.2.1", "203.0.113.9", "203.0.113.9"],
    ["an IPv6 proxy, in brackets", "[fd00::7]", "fd00::7", "203.0.113.9", "203.0.113.9"],
    ["an IPv6 range", "fd00::/8", "fd12::1", "2001:db8::7", "2001:db8::7"],
    ["an IPv6 client", "loopback", "::1", "2001:DB8:0:0::7", "2001:db8::7"],
    ["a client with its port", "loopback", "127.0.0.1", "203.0.113.9:4711", "203.0.113.9"],
    ["a proxy that says no address", "loopback", "127.0.0.1", "unknown", "127.0.0.1"],
    ["a proxy that says nothing", "loopback", "127.0.0.1", "", "127.0.0.1"],
  ])("%s", (_, trusted, peer, forwarded, address) => {
    const asked = request(peer, { "x-forwarded-for": forwarded });
    believeOnly(asked, trustedProxies(trusted));
    expect(asked.headers["x-forwarded-for"]).toBe(address);
  });

  it("is the only thing that stays of what a proxy or a client says", () => {
    const headers = { forwarded: "for=1.1.1.1", "x-real-ip": "1.1.1.1", "x-forwarded-host": "evil.example", host: "a" };
    const asked = request("192.0.2.1", headers);
    believeOnly(asked, trustedProxies(""));
    expect(asked.headers).toEqual({ host: "a", "x-forwarded-for": "192.0.2.1" });
  });

  it.each(["10.0.0.300", "10.0.0.0/99", "example.com"])("is not read by the wrong setting %s", (list) => {
    expect(() => trustedProxies(list)).toThrow("TRUSTED_PROXIES");
  });
});
