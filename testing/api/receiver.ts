import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server on a free loopback port, with the requests posted to it. */
export class Receiver {
  readonly received: Received[] = [];
  /** The responses in order; the last one repeats. */
  answers: { status: number; location?: string }[] = [{ status: 200 }];
  readonly #server = createServer(async (request, response) => {
    this.received.push({ headers: request.headers, body: await text(request) });
    const { status, location } = (this.answers.length > 1 ? this.answers.shift() : this.answers[0]) ?? { status: 200 };
    response.writeHead(status, location === undefined ? {} : { location }).end("an answer that nobody may see");
  });

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook?token=secret-of-the-address`;
  }

  close = (): Promise<void> => new Promise((resolve) => this.#server.close(() => resolve()));
}
