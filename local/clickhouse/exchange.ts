import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The door through which the engine's `url()` function hands out results and takes in rows: a second server on the
 * loopback interface, where each path is a random token that lives as long as its query.
 */
export class Exchange {
  private readonly handlers = new Map<string, Handler>();

  private constructor(private readonly server: Server) {
    // A long export or import is one request; it may last for hours.
    server.requestTimeout = 0;
    server.on("request", (request, response) => {
      // The engine is told not to retry, so it must never meet a kept connection that is just being closed.
      response.setHeader("Connection", "close");
      const handler = this.handlers.get(request.url?.slice(1) ?? "");
      if (handler) handler(request, response);
      else response.writeHead(404).end();
    });
  }

  static async open(): Promise<Exchange> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject).listen(0, "127.0.0.1", resolve);
    });
    return new Exchange(server);
  }

  /** Opens a path for one request of the engine's; a second one is refused. Close it when the query has ended. */
  offer(handler: Handler): { url: string; close: () => void } {
    const token = randomBytes(32).toString("hex");
    this.handlers.set(token, (request, response) => {
      this.handlers.set(token, (_request, refused) => refused.writeHead(409).end());
      handler(request, response);
    });
    const { port } = this.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/${token}`, close: () => this.handlers.delete(token) };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}
