import { Client, type ClientConfig, Pool } from "pg";

/** Time to reach the server, in ms. */
const CONNECT = 5_000;
/** Time to wait for one of the pool's connections, in ms. */
const TURN = 30_000;
/** After this long without a packet, in ms, the kernel asks the other side, ten times a second apart. */
const KEEP_ALIVE = 10_000;
/** Unused connections close after this time, in ms: those to a server that a failover replaced don't stay. */
const IDLE = 10_000;
/** So that an address that now leads to another server is noticed, in seconds. */
const LIFETIME = 30 * 60;

/** How a client connects. None of it is a startup parameter that PgBouncer would refuse. */
export const reaching = (url: string, name: string): ClientConfig => ({
  connectionString: url,
  application_name: name,
  connectionTimeoutMillis: CONNECT,
  keepAlive: true,
  keepAliveInitialDelayMillis: KEEP_ALIVE,
});

/** The pool's own limit is for a turn, which takes longer than to connect. */
class Connecting extends Client {
  constructor(config?: ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT });
  }
}

/**
 * Connections to the metadata database. A statement without an answer after `limit` ms fails and takes its connection
 * with it: after a failover that drops packets, nothing else would end it for a quarter of an hour.
 */
export function openPool(url: string, name: string, limit: number): Pool {
  const pool = new Pool({
    ...reaching(url, name),
    Client: Connecting,
    max: 10,
    connectionTimeoutMillis: TURN,
    query_timeout: limit,
    idleTimeoutMillis: IDLE,
    maxLifetimeSeconds: LIFETIME,
  });
  // A connection that breaks while idle must not end the process: the pool replaces it.
  pool.on("error", () => {});
  // Nor may one that breaks between a transaction's statements: the next statement fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
