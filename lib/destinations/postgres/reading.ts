import type { Client } from "pg";
import { LIMITS, type PostgresConnection, within, withPostgres } from "./client";

interface Limits {
  /** Cancels the statement that runs. */
  signal: AbortSignal;
  /** When the server ends a statement by itself, in ms, should nobody be left to cancel it. */
  longest: number;
}

/** Runs work in a transaction that can't write. */
export const reading = <T>(
  connection: PostgresConnection,
  { signal, longest }: Limits,
  work: (client: Client) => Promise<T>,
): Promise<T> =>
  withPostgres(connection, (client) =>
    within(client, `BEGIN READ ONLY; ${LIMITS}; SET LOCAL statement_timeout = ${longest}`, () =>
      cancelable(connection, client, signal, work),
    ),
  );

interface Transaction {
  pid: number;
  begun: string;
}

/** Runs work within a transaction, and cancels it with the signal. */
async function cancelable<T>(
  connection: PostgresConnection,
  client: Client,
  signal: AbortSignal,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { rows } = await client.query<Transaction>("SELECT pg_backend_pid() AS pid, now()::text AS begun");
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const cancel = async () => {
      await withPostgres(connection, (other) => cancelStatement(other, rows[0]!)).catch(() => {});
      // Without an answer from the server, nothing else would end the wait.
      void client.end().catch(() => {});
      reject(signal.reason);
    };
    signal.addEventListener("abort", cancel, { once: true });
    void work(client)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener("abort", cancel));
  });
}

/**
 * A server's process may serve others once the transaction has ended, as behind a pooler. The driver's own way of
 * canceling does without TLS.
 */
const cancelStatement = (client: Client, { pid, begun }: Transaction) =>
  client.query("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND xact_start = $2::timestamptz", [
    pid,
    begun,
  ]);
