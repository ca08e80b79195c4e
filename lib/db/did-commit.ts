import { setTimeout as pause } from "node:timers/promises";
import { Client, type ClientConfig } from "pg";
import { SECOND } from "../units";
import { CommitUnknown, hasRefused } from "./errors";

/** A transaction, as its server knew it before COMMIT. */
export interface Mark {
  id: string;
  /**
   * When the server started, and since when it counts, which is since its last crash. A server that has lost the
   * transaction in a crash or failover may give its id to another one.
   */
  server: string;
}

interface Found {
  /** Null if forgotten, which takes two billion transactions. */
  status: "committed" | "aborted" | "in progress" | null;
  server: string;
  isStandby: boolean;
}

/** How long to look for the answer, in ms. */
const PATIENCE = 30_000;
/** After this time, in ms, a transaction in progress is one whose COMMIT never arrived: its session is ended. */
const IN_PROGRESS = 3_000;
const PAUSE = 500;

const FIND = `select pg_xact_status($1::text::xid8) as status, pg_is_in_recovery() as "isStandby",
  concat_ws(' ', extract(epoch from pg_postmaster_start_time()),
    extract(epoch from (select stats_reset from pg_stat_archiver))) as server`;
const END_SESSION =
  "select pg_terminate_backend(pid) from pg_stat_activity where usename = current_user and backend_xid::text = $1";

/** Asks the server whether a transaction was committed whose COMMIT had no answer. Throws if nothing can tell. */
export async function didCommit(options: ClientConfig, mark: Mark): Promise<boolean> {
  const began = Date.now();
  let cause: unknown;
  while (Date.now() - began < PATIENCE) {
    try {
      const known = await ask(options, mark, Date.now() - began > IN_PROGRESS);
      if (known !== null) return known;
    } catch (error) {
      if (error instanceof CommitUnknown) throw error;
      cause = error;
    }
    await pause(PAUSE);
  }
  throw new CommitUnknown(cause);
}

/** Over its own connection, because the pool's may be as broken as the one of the COMMIT. Null if not known yet. */
async function ask(options: ClientConfig, mark: Mark, mayEnd: boolean): Promise<boolean | null> {
  const client = new Client({ ...options, connectionTimeoutMillis: 5 * SECOND, query_timeout: 5 * SECOND });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Found>(FIND, [mark.id]);
    const known = decide(rows[0]!, mark);
    if (known === null && mayEnd) await client.query(END_SESSION, [shortId(mark.id)]);
    return known;
  } catch (error) {
    // The id is in the future: the server has lost the transaction in a failover.
    if (hasRefused(error) && (error as { code?: string }).code === "22023") return false;
    throw error;
  } finally {
    void client.end().catch(() => {});
  }
}

/** Whether a transaction was committed; null if that isn't decided yet. */
export function decide({ status, server, isStandby }: Found, mark: Mark): boolean | null {
  if (isStandby || status === "in progress") return null;
  if (status === "aborted") return false;
  if (status === "committed" && server === mark.server) return true;
  throw new CommitUnknown(new Error(`The transaction is ${status ?? "forgotten"} on a server that started since.`));
}

/** The id in `pg_stat_activity`, which has its lower half. */
export const shortId = (id: string): string => String(BigInt.asUintN(32, BigInt(id)));
