import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import { LIMITS, type PostgresConnection, within, withPostgres } from "./client";

interface Limits {
  /** Cancels the statement that runs. */
  signal: AbortSignal;
  /** When the server ends a statement by itself, in ms, should nobody be left to cancel it. */
  longest: number;
}

/** How long canceling a statement may take, in ms: another connection does it, for which a pooler may have no room. */
const CANCEL_MS = 10_000;

interface Transaction {
  pid: number;
  begun: string;
}

/** Runs work in a transaction that can't write. */
export const reading = <T>(
  connection: PostgresConnection,
  { signal, longest }: Limits,
  work: (client: Client) => Promise<T>,
): Promise<T> =>
  withPostgres(connection, (client) => {
    let transaction: Transaction | undefined;
    const run = within(client, `BEGIN READ ONLY; ${LIMITS}; SET LOCAL statement_timeout = ${longest}`, async () => {
      const { rows } = await client.query<Transaction>("SELECT pg_backend_pid() AS pid, now()::text AS begun");
      transaction = rows[0];
      return work(client);
    });
    return unlessAborted(signal, run, async () => {
      const canceled = transaction && withPostgres(connection, (other) => cancelStatement(other, transaction!));
      await Promise.race([canceled?.catch(() => {}), pause(CANCEL_MS, undefined, { ref: false })]);
      // Without an answer, as from a pooler that waits for the server, nothing else would end the wait.
      void client.end().catch(() => {});
    });
  });

/** Waits for work, or with the signal for `cancel` instead; then throws the signal's reason. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>, cancel: () => Promise<void>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const aborted = () => void cancel().finally(() => reject(signal.reason));
    if (signal.aborted) aborted();
    else signal.addEventListener("abort", aborted, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", aborted));
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
