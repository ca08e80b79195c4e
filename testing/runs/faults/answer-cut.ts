import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A proxy that breaks connections in the middle of the server's answer. */
export class AnswerCut {
  /** How many connections were broken mid-answer. */
  cuts = 0;
  #after = Number.POSITIVE_INFINITY;
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(target: URL): Promise<AnswerCut> {
    const server = createServer();
    const proxy = new AnswerCut(server);
    server.on("connection", (client) => {
      const upstream = connect(Number(target.port), target.hostname);
      proxy.#pair(client, upstream);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Breaks the next connection whose answer reaches this many bytes; later ones are left alone. */
  cutAfter(bytes: number): void {
    this.#after = bytes;
  }

  /** Breaks every connection, like a server restart. New ones are accepted at once. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.server.close();
    this.cut();
  }

  #pair(client: Socket, upstream: Socket): void {
    const end = () => {
      for (const socket of [client, upstream]) {
        socket.destroy();
        this.#sockets.delete(socket);
      }
    };
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on("error", end).on("close", end);
    }
    client.pipe(upstream).pipe(client);
    let answered = 0;
    client.on("data", () => {
      answered = 0;
    });
    upstream.on("data", (chunk: Buffer) => {
      answered += chunk.length;
      if (answered < this.#after) return;
      this.#after = Number.POSITIVE_INFINITY;
      this.cuts += 1;
      end();
    });
  }
}
