import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";

/** Extracts requests from the bytes of one client connection. Keeps state between chunks. */
export type Reader = () => (chunk: Buffer) => string[];

/** A proxy to a server on this machine that records the client's requests. */
export class CountingProxy {
  readonly asked: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async open(target: URL, reader: Reader): Promise<CountingProxy> {
    const server = createServer((client) => {
      const upstream = connect(Number(target.port), target.hostname);
      const read = reader();
      client.on("data", (chunk: Buffer) => proxy.asked.push(...read(chunk)));
      client.pipe(upstream).pipe(client);
      const end = () => [client, upstream].map((socket) => socket.destroy());
      for (const socket of [client, upstream]) socket.on("error", end).on("close", end);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const proxy = new CountingProxy(server, (server.address() as AddressInfo).port);
    return proxy;
  }

  /** Returns the requests since the last call, and clears them. */
  take(): string[] {
    return this.asked.splice(0);
  }

  close(): void {
    this.server.close();
  }
}

/** The method and path of each HTTP request. */
export const httpRequests: Reader = () => (chunk) =>
  chunk.toString("latin1").match(/\b(GET|PUT|POST|HEAD|DELETE) \S* (?=HTTP\/1\.1\r\n)/g) ?? [];

/**
 * The statements that a PostgreSQL client executes. Source: PostgreSQL's documentation, "Message Formats": a query is
 * sent in one message ("Q"), or parsed ("P") and then executed ("E").
 */
export const statements: Reader = () => {
  let rest = Buffer.alloc(0);
  let started = false;
  let parsed = "";
  return (chunk) => {
    const found: string[] = [];
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      // A connection's first message has no type.
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return found;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return found;
      const type = started ? String.fromCharCode(rest[0]!) : "";
      const body = rest.subarray(head + 4, length);
      rest = rest.subarray(length);
      started = true;
      if (type === "Q") found.push(textAt(body, 0));
      if (type === "P") parsed = textAt(body, body.indexOf(0) + 1);
      if (type === "E") found.push(parsed);
    }
  };
};

const textAt = (body: Buffer, from: number) => body.subarray(from, body.indexOf(0, from)).toString();
