import type { Server } from "node:http";

/** All addresses, of IPv4 and IPv6. */
export const EVERYWHERE = "::";
const NO_IPV6 = ["EAFNOSUPPORT", "EADDRNOTAVAIL", "EINVAL"];

/** An address as a URL has it. */
export const inUrl = (host: string): string => (host.includes(":") ? `[${host}]` : host);

/** Where a process asks itself: at an address that it listens on. */
export const ownAddress = (host: string): string =>
  [EVERYWHERE, "0.0.0.0"].includes(host) ? "127.0.0.1" : inUrl(host);

/** Listens. Of `EVERYWHERE`, only IPv4 remains on a machine without IPv6. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  try {
    await listenOn(server, port, host);
  } catch (error) {
    if (host !== EVERYWHERE || !NO_IPV6.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await listenOn(server, port, "0.0.0.0");
  }
}

const listenOn = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
