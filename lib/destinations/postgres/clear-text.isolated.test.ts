import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { Client } from "pg";
import { afterEach, expect, it, vi } from "vitest";
import { mayGoInClearText } from "../../net/clear-text";
import { refuseClearText } from "./clear-text";

const env = vi.hoisted(() => ({ ALLOWED_CLEARTEXT_HOSTS: "db.internal, 10.1.0.0/16:5432" }));
vi.mock("../../env", () => ({ getEnv: () => env }));

const PASSWORD = "the password";
/** AuthenticationCleartextPassword. Source: PostgreSQL's documentation, "Message Formats". */
const ASK = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server that asks for the password in clear text, and what it received. */
async function greedyServer(): Promise<{ port: number; received: () => string }> {
  let received = "";
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (received === "") socket.write(ASK);
      received += data.toString("latin1");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, received: () => received };
}

it("no password is sent in clear text", async () => {
  const { port, received } = await greedyServer();
  const client = new Client({ host: "127.0.0.1", port, user: "u", password: PASSWORD, database: "d" });
  client.on("error", () => {});
  const connected = client.connect();
  refuseClearText(client, "db.example.com");
  await expect(connected).rejects.toMatchObject({
    failure: { code: "clear_text_password", retryable: false, message: expect.stringContaining("db.example.com") },
  });
  expect(received()).toContain("user");
  expect(received()).not.toContain(PASSWORD);
});

it("the driver would send it, so that the test above can fail", async () => {
  const { port, received } = await greedyServer();
  const client = new Client({ host: "127.0.0.1", port, user: "u", password: PASSWORD, database: "d" });
  client.on("error", () => {});
  void client.connect().catch(() => {});
  await vi.waitFor(() => expect(received()).toContain(PASSWORD));
  closing.push(() => void client.end().catch(() => {}));
});

it.each([
  ["this machine", "localhost", "127.0.0.1", 5432, true],
  ["this machine by IPv6", "::1", "::1", 5432, true],
  ["a name that leads here", "db.example.com", "127.0.0.53", 5432, true],
  ["a private address", "10.2.0.1", "10.2.0.1", 5432, false],
  ["a public one", "db.example.com", "203.0.113.7", 5432, false],
  ["a named host", "DB.internal", "10.2.0.1", 5432, true],
  ["a named range and port", "other.internal", "10.1.2.3", 5432, true],
  ["another port of it", "other.internal", "10.1.2.3", 6432, false],
])("it may go in clear text to %s: %s", (_, host, address, port, may) => {
  expect(mayGoInClearText({ host, address, port })).toBe(may);
});
