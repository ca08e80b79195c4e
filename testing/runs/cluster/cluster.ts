import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "@/local/parts/ports";
import { type ClusterServer, startServer } from "./server";
import { ShardProxy } from "./shard-proxy";
import { CLUSTER, copyAll, makeTables } from "./tables";
import { clusterUsers, OWNER, type Reader } from "./users";

/** Two servers, each with half of the rows. */
export interface Cluster {
  servers: readonly [ClusterServer, ClusterServer];
  /** The first server reaches the second shard through it. */
  secondShard: ShardProxy;
  /** Copies all rows into the first server's database `alone`. */
  copy(): Promise<void>;
  /** Stops both. Throws if one had already exited. */
  close(): Promise<void>;
}

const replica = (port: number) => ({
  replica: { host: "127.0.0.1", port, user: OWNER.username, password: OWNER.password },
});

/** Starts two servers with the source tables distributed over both, and these readers. */
export async function openCluster(readers: Record<string, Reader> = { reader: {} }): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "penstock-cluster-"));
  const [http1, tcp1, http2, tcp2] = Object.values(await freePorts()) as [number, number, number, number];
  const proxies = [await ShardProxy.open(tcp1), await ShardProxy.open(tcp2)] as const;
  const users = clusterUsers(readers);
  const start = (own: number, httpPort: number, tcpPort: number) => {
    const name = `server-${own + 1}`;
    mkdirSync(join(folder, name));
    // A server recognizes its own shard by the port, and reads it without a connection.
    const shard = proxies.map(({ port }, index) => replica(index === own ? tcpPort : port));
    return startServer({
      ...{ name, folder: join(folder, name), httpPort, tcpPort, users },
      clusters: { [CLUSTER]: { shard } },
    });
  };
  const servers = await Promise.all([start(0, http1, tcp1), start(1, http2, tcp2)]);
  for (const server of servers) await makeTables(server);
  const close = async () => {
    for (const proxy of proxies) proxy.cut();
    const ended = await Promise.allSettled(servers.map((server) => server.stop()));
    rmSync(folder, { recursive: true });
    for (const each of ended) if (each.status === "rejected") throw each.reason;
  };
  return { servers, secondShard: proxies[1], copy: () => copyAll(servers[0]), close };
}
