import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Sits between a worker and a service: counts what is sent, stalls it, or breaks the connection. */
export class TcpProxy {
  /** Bytes that clients have sent through. */
  sent = 0;
  #limit = Number.POSITIVE_INFINITY;
  #pattern: RegExp | null = null;
  #port = 0;
  #server: Server;
  readonly #pairs = new Map<Socket, Socket>();
  readonly #stopped = new Set<Socket>();

  private constructor(private target: URL) {
    this.#server = this.#serve();
  }

  static async open(target: string): Promise<TcpProxy> {
    const proxy = new TcpProxy(new URL(target));
    await proxy.restore();
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Open connections. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Whether the limit has been sent, and the rest waits. */
  get isFull(): boolean {
    return this.sent >= this.#limit;
  }

  /** Lets about this many more bytes through, then stalls without breaking a connection. */
  holdAfter(bytes: number): void {
    this.#limit = this.sent + bytes;
  }

  /** Stops the connection that sends matching text, for good: the text is not forwarded. The others continue. */
  stopAt(pattern: RegExp): void {
    this.#pattern = pattern;
  }

  /** Whether a connection was stopped for what it sent. */
  get hasStopped(): boolean {
    return this.#stopped.size > 0;
  }

  release(): void {
    this.#limit = Number.POSITIVE_INFINITY;
    for (const client of this.#pairs.keys()) if (!this.#stopped.has(client)) client.resume();
  }

  /** Connects new clients to another service, as a name does after a failover. */
  leadTo(target: string): void {
    this.target = new URL(target);
  }

  /** Breaks every connection and refuses new ones. */
  cut(): void {
    this.#server.close();
    for (const [client, service] of this.#pairs) {
      client.destroy();
      service.destroy();
    }
  }

  /** Accepts connections again, on the same port, and stops none of them. */
  async restore(): Promise<void> {
    this.#pattern = null;
    this.release();
    if (this.#port !== 0) this.#server = this.#serve();
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #serve(): Server {
    return createServer((client) => this.#pair(client));
  }

  #pair(client: Socket): void {
    const service = connect(Number(this.target.port), this.target.hostname);
    this.#pairs.set(client, service);
    client.on("data", (chunk) => {
      if (this.#pattern?.test(chunk.toString())) {
        this.#stopped.add(client);
        client.pause();
        return;
      }
      this.sent += chunk.length;
      const more = service.write(chunk);
      if (!more || this.isFull) client.pause();
    });
    service.on("drain", () => {
      if (!this.isFull && !this.#stopped.has(client)) client.resume();
    });
    client.on("end", () => service.end());
    service.pipe(client);
    const end = () => {
      this.#pairs.delete(client);
      client.destroy();
      service.destroy();
    };
    for (const socket of [client, service]) socket.on("error", end).on("close", end);
    if (this.isFull) client.pause();
  }
}
