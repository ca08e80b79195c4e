import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { createServer } from "node:tls";
import type { Pair } from "./certificates";

export interface TlsFront {
  /** `127.0.0.1:port` */
  address: string;
  close(): void;
}

interface FrontOptions extends Pair {
  /** The CA whose clients are let in; without one, no client needs a certificate. */
  clientCa?: string;
}

/** Ends TLS in front of a server: HTTP/1.1 or HTTP/2, as the server behind it speaks. */
export async function openTlsFront(target: string, { cert, key, clientCa }: FrontOptions): Promise<TlsFront> {
  const { hostname, port } = new URL(`tcp://${target}`);
  const demand = clientCa && { ca: clientCa, requestCert: true, rejectUnauthorized: true };
  const front = createServer({ cert, key, ALPNProtocols: ["h2", "http/1.1"], ...demand }, (client) => {
    const server = connect(Number(port), hostname);
    for (const socket of [client, server])
      socket.on("error", () => {}).on("close", () => [client, server].map((it) => it.destroy()));
    client.pipe(server).pipe(client);
  });
  // Clients that are refused are what the tests look at.
  front.on("tlsClientError", () => {});
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  return { address: `127.0.0.1:${(front.address() as AddressInfo).port}`, close: () => front.close() };
}
