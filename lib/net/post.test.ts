import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseAllowed } from "../ip/allowed";
import { post } from "./post";

const seen: string[] = [];
let inner: Server;
let server: Server;

const portOf = (it: Server) => (it.address() as AddressInfo).port;

async function listen(name: string, location: () => string | null): Promise<Server> {
  const it = createServer((request, response) => {
    seen.push(`${name} ${request.method} ${request.url} ${request.headers.host}`);
    const target = location();
    if (target) response.writeHead(307, { location: target }).end();
    else if (request.url === "/silent") return;
    else response.writeHead(request.url === "/bad" ? 500 : 200).end("a secret answer".repeat(1000));
  });
  await once(it.listen(0, "127.0.0.1"), "listening");
  return it;
}

beforeAll(async () => {
  inner = await listen("inner", () => null);
  server = await listen("redirecting", () => `http://127.0.0.1:${portOf(inner)}/`);
});
afterAll(() => {
  for (const it of [inner, server]) it.close().closeAllConnections();
});
beforeEach(() => {
  seen.length = 0;
});

const message = { headers: { "content-type": "text/plain" }, body: "hello", timeoutMs: 5_000 };
const loopback = parseAllowed("webhook=127.0.0.1");
const address = (host: string, it: Server, path = "/") => `http://${host}:${portOf(it)}${path}`;

describe("post", () => {
  it("answers with the status and nothing else", async () => {
    const guarding = { purpose: "webhook", own: [], allowed: loopback } as const;
    expect(await post(address("127.0.0.1", inner), message, guarding)).toEqual({ status: 200 });
    expect(await post(address("127.0.0.1", inner, "/bad"), message, guarding)).toEqual({ status: 500 });
  });

  it("follows no redirect", async () => {
    expect(
      await post(address("127.0.0.1", server), message, { purpose: "webhook", own: [], allowed: loopback }),
    ).toEqual({
      status: 307,
    });
    expect(seen).toEqual([expect.stringContaining("redirecting POST / ")]);
  });

  it.each(["127.0.0.1", "2130706433", "0x7f.1", "127.1", "0.0.0.0", "localhost", "[::1]", "[::ffff:127.0.0.1]"])(
    "does not connect to %s",
    async (host) => {
      const sent = post(address(host, inner), message, { purpose: "webhook", own: [], allowed: [] });
      await expect(sent).rejects.toMatchObject({ failure: { code: "address_refused", retryable: false } });
      expect(seen).toEqual([]);
    },
  );

  it("does not connect to a name of which one address is private, nor by TLS", async () => {
    const resolve = async () => [
      { address: "93.184.215.14", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ];
    for (const scheme of ["http", "https"]) {
      const sent = post(`${scheme}://mixed.example:${portOf(inner)}`, message, {
        purpose: "webhook",
        own: [],
        allowed: [],
        resolve,
      });
      await expect(sent).rejects.toMatchObject({ failure: { code: "address_refused" } });
    }
    expect(seen).toEqual([]);
  });

  it("asks for a name once, and connects to what was checked then", async () => {
    // Only the first response is allowed: rebinding between check and connect.
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return asked.length === 1 ? [{ address: "127.0.0.1", family: 4 }] : [{ address: "::1", family: 6 }];
    };
    const url = address("rebinding.example", inner);
    expect(await post(url, message, { purpose: "webhook", own: [], allowed: loopback, resolve })).toEqual({
      status: 200,
    });
    expect(asked).toEqual(["rebinding.example"]);
    expect(seen).toEqual([`inner POST / rebinding.example:${portOf(inner)}`]);
    await expect(post(url, message, { purpose: "webhook", own: [], allowed: loopback, resolve })).rejects.toMatchObject(
      {
        failure: { code: "address_refused" },
      },
    );
  });

  it("says when nobody answers", async () => {
    const closed = await listen("closed", () => null);
    const url = address("127.0.0.1", closed);
    await new Promise((done) => closed.close(done));
    const gone = post(url, message, { purpose: "webhook", own: [], allowed: loopback });
    await expect(gone).rejects.toMatchObject({ failure: { code: "unreachable", retryable: true } });
    const silent = post(
      address("127.0.0.1", inner, "/silent"),
      { ...message, timeoutMs: 50 },
      { purpose: "webhook", own: [], allowed: loopback },
    );
    await expect(silent).rejects.toMatchObject({ failure: { message: expect.stringContaining("in time") } });
  });
});
