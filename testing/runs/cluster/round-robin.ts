import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** A proxy between product and source. */
export interface OpenProxy {
  url: string;
  close(): void;
}

/** A proxy that sends each new connection to the next server in turn, like a load balancer without health checks. */
export async function openRoundRobin(urls: readonly string[]): Promise<OpenProxy> {
  let turn = 0;
  const server = createServer((client) => {
    const { hostname, port } = new URL(urls[turn++ % urls.length]!);
    const service = connect(Number(port), hostname);
    for (const socket of [client, service])
      socket.on("error", () => {}).on("close", () => [client, service].map((it) => it.destroy()));
    client.pipe(service).pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => void server.close() };
}
