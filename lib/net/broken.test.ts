import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer } from "node:net";
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { brokenBy, nameOfError } from "./broken";

/** The error of a request to a server that does this with its connection. */
async function meeting(server: ReturnType<typeof createSocketServer>, timeout?: number): Promise<unknown> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const asked = request({ host: "127.0.0.1", port, ...(timeout && { signal: AbortSignal.timeout(timeout) }) });
  const [error] = (await once(asked.end(), "error").catch((thrown: unknown) => [thrown])) as [unknown];
  server.close();
  return error;
}

describe("a connection that breaks", () => {
  it("is known by what Node really throws", async () => {
    expect(brokenBy(await meeting(createSocketServer((socket) => socket.destroy())))).not.toBeNull();
    expect(brokenBy(await meeting(createSocketServer((socket) => void socket.end("what?\r\n\r\n"))))).toMatch(/^HPE_/);
    expect(
      brokenBy(
        await meeting(
          createServer(() => {}),
          50,
        ),
      ),
    ).toMatch(/AbortError|TimeoutError/);
    const [refused] = (await once(connect(1, "127.0.0.1"), "error").catch((thrown: unknown) => [thrown])) as [unknown];
    expect(brokenBy(refused)).toBe("ECONNREFUSED");
  });

  it("is known by what pg really throws", async () => {
    const server = createSocketServer((socket) => socket.destroy());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const error = await new Client({ host: "127.0.0.1", port }).connect().catch((thrown: unknown) => thrown);
    server.close();
    expect(brokenBy(error)).not.toBeNull();
  });

  it.each([
    ["a cause", Object.assign(new Error("outer"), { cause: Object.assign(new Error("in"), { code: "ENOTFOUND" }) })],
    ["an object of a driver", { message: "Request to Snowflake failed.", cause: { code: "ECONNRESET" } }],
    ["words alone", new Error("Client has encountered a connection error and is not queryable")],
    ["a name alone", Object.assign(new Error("late"), { name: "TimeoutError" })],
    ["gRPC's wait", new Error("Failed to connect before the deadline")],
  ])("is found by %s", (_, error) => expect(brokenBy(error)).not.toBeNull());
});

describe("everything else", () => {
  it.each([
    new TypeError("Cannot read properties of undefined (reading 'x')"),
    new RangeError("Maximum call stack size exceeded"),
    new SyntaxError("Unexpected token '<'"),
    Object.assign(new Error("no such file"), { code: "ERR_INVALID_ARG_TYPE" }),
    new Error("<html><body>403 Forbidden</body></html>"),
    Object.assign(new Error("bad"), { code: "42P01" }),
    "text",
    null,
    undefined,
  ])("is none: %s", (error) => expect(brokenBy(error)).toBeNull());

  it("has a name without the error's own words", () => {
    expect(nameOfError(new TypeError("secret"))).toBe("TypeError");
    expect(nameOfError(Object.assign(new Error("secret"), { code: "ERR_X" }))).toBe("ERR_X");
    expect(nameOfError(Object.assign(new Error("secret"), { code: "a secret" }))).toBe("Error");
    expect(nameOfError(null)).toBe("an unknown error");
  });
});
