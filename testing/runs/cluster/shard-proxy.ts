import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * Proxies a shard's TCP port, so that the shard can go down and come back. However a connection ends, the shard sees a
 * plain end of input: ClickHouse from the library aborts when a peer resets a connection, as servers do once they have
 * read enough.
 */
export class ShardProxy {
  #port = 0;
  #server: Server;
  readonly #clients = new Set<Socket>();

  private constructor(private readonly target: number) {
    this.#server = this.#serve();
  }

  static async open(target: number): Promise<ShardProxy> {
    const proxy = new ShardProxy(target);
    await proxy.restore();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Takes the shard down: breaks every connection and refuses new ones. */
  cut(): void {
    this.#server.close();
    for (const client of this.#clients) client.destroy();
  }

  /** Brings the shard back on the same port; no-op if it is up. */
  async restore(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#serve();
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #serve(): Server {
    return createServer((client) => {
      const service = connect(this.target, "127.0.0.1");
      this.#clients.add(client);
      client.pipe(service).pipe(client);
      client.on("error", () => {});
      client.on("close", () => {
        this.#clients.delete(client);
        service.end();
        // Discards what the shard still sends.
        service.resume();
      });
      service.on("error", () => {}).on("close", () => client.destroy());
    });
  }
}
