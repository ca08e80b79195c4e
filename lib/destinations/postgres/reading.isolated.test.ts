import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it, vi } from "vitest";
import { reading } from "./reading";
import { postgresConfigSchema } from "./schema";

vi.mock("../../env", () => ({
  getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1", ALLOWED_CLEARTEXT_HOSTS: "127.0.0.1" }),
}));

/** AuthenticationOk and ReadyForQuery. Source: PostgreSQL's documentation, "Message Formats". */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

it("ends with the signal where a pooler lets clients in and waits for a server", async () => {
  const step = new AbortController();
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(WELCOME);
      socket.once("data", () => step.abort(new Error("canceled")));
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const config = postgresConfigSchema.parse({ host: "127.0.0.1", port, database: "d", username: "u", tls: "disable" });
  const connection = { config, secret: { password: "p" }, externalId: "" };
  const asked = reading(connection, { signal: step.signal, longest: 60_000 }, (client) => client.query("SELECT 1"));
  await expect(asked).rejects.toThrow("canceled");
  server.close();
  // Closed only once its sockets are.
  await once(server, "close");
});
