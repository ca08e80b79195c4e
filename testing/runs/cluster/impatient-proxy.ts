import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import type { OpenProxy } from "./round-robin";

/** The end of a chunked answer. */
const END = Buffer.from("\r\n0\r\n\r\n");

export interface ImpatientProxy extends OpenProxy {
  readonly cuts: number;
}

/** A proxy that cuts a connection after the server has been silent for `silenceMs`, as nginx does after 60 s. */
export async function openImpatient(target: string, silenceMs: number): Promise<ImpatientProxy> {
  const { hostname, port } = new URL(target);
  const proxy = { url: "", cuts: 0, close: () => void server.close() };
  const server = createServer((client) => {
    const service = connect(Number(port), hostname);
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        proxy.cuts += 1;
        client.destroy();
      }, silenceMs);
    };
    client.on("data", wait);
    // The end may arrive in pieces.
    let last = Buffer.alloc(0);
    service.on("data", (chunk: Buffer) => {
      wait();
      last = Buffer.concat([last, chunk.subarray(-END.length)]).subarray(-END.length);
      // A connection may be idle between answers.
      if (last.equals(END)) clearTimeout(timer);
    });
    for (const socket of [client, service])
      socket
        .on("error", () => {})
        .on("close", () => {
          clearTimeout(timer);
          for (const each of [client, service]) each.destroy();
        });
    client.pipe(service).pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}
