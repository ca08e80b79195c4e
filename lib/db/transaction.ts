import type { PgTransactionConfig } from "drizzle-orm/pg-core";
import type { Pool, PoolClient, QueryConfig, QueryResult } from "pg";
import { brokenBy } from "../net/broken";
import { SECOND } from "../units";
import { didCommit, type Mark } from "./did-commit";
import { hasRefused, ifDatabase, whyUnavailable } from "./errors";

interface Options {
  pool: Pool;
  /** Time for one statement, in ms. */
  limit: number;
  config?: PgTransactionConfig | undefined;
}

/** A statement with a time limit of the client's own, in ms. */
export const within = (limit: number, config: QueryConfig): QueryConfig & { query_timeout: number } => ({
  ...config,
  query_timeout: limit,
});

/** In ms. The server ends what it can no longer report to anyone, so that its locks don't stay. */
const IDLE = 60_000;
/** In ms. The server's own limit is this much shorter: then it answers with an error, and the connection stays. */
const AHEAD = 2 * SECOND;

/**
 * Runs `work` in a transaction. A statement that takes too long fails; a connection that broke isn't used again. If the
 * answer to COMMIT is lost, looks up whether the transaction was committed: if so, this returns as usual.
 */
export async function inTransaction<T>(options: Options, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const { pool } = options;
  const client = await pool.connect().catch((error) => {
    throw whyUnavailable(error);
  });
  let broken: Error | undefined;
  try {
    const mark = await begin(client, options).catch((error: Error) => {
      broken = error;
      throw whyUnavailable(error);
    });
    // Also what throws before its first await is rolled back.
    const result = await (async () => work(client))().catch(async (error: Error) => {
      broken = await rollBack(client, error);
      throw error;
    });
    const command = await commit(client, options).catch(async (error: Error) => {
      if (hasRefused(error)) throw whyUnavailable(error);
      broken = error;
      if (!(await didCommit(pool.options, mark))) throw whyUnavailable(error);
    });
    // So the server answers if a statement failed before, even if its error was caught.
    if (command === "ROLLBACK") throw new Error("A statement of this transaction failed, so none of it was committed.");
    return result;
  } finally {
    client.release(broken);
  }
}

async function begin(client: PoolClient, { config = {}, limit }: Options): Promise<Mark> {
  const { isolationLevel, accessMode, deferrable } = config;
  const modes = [
    isolationLevel && `isolation level ${isolationLevel}`,
    accessMode,
    deferrable !== undefined && `${deferrable ? "" : "not "}deferrable`,
  ];
  // PgBouncer passes SET LOCAL on, but refuses or loses limits of the session.
  const text = `begin ${modes.filter(Boolean).join(" ")};
    set local statement_timeout = ${Math.max(limit - AHEAD, 1)};
    set local idle_in_transaction_session_timeout = ${IDLE};
    select pg_current_xact_id()::text as id, concat_ws(' ', extract(epoch from pg_postmaster_start_time()),
      extract(epoch from (select stats_reset from pg_stat_archiver))) as server`;
  const results = (await client.query(within(limit, { text }))) as unknown as QueryResult<Mark>[];
  return results.at(-1)!.rows[0]!;
}

const commit = async (client: PoolClient, { limit }: Options): Promise<string> =>
  (await client.query(within(limit, { text: "commit" }))).command;

/** Rolls back. Returns why the connection can't be used any more, if so. */
async function rollBack(client: PoolClient, error: Error): Promise<Error | undefined> {
  // A statement without an answer would hold up the ROLLBACK, too. The server rolls back what loses its connection.
  if (brokenBy(error) !== null || ifDatabase(error) !== error) return error;
  return client.query("rollback").then(
    () => undefined,
    (failed: Error) => failed,
  );
}
