import { ExportError } from "../errors";
import { MINUTE } from "../units";
import { queryRows, type Source } from "./client";

/** How long, in ms, a server that denies access to `system.replicas` is not asked again. */
const DENIED_FOR = 10 * MINUTE;

let deniedUntil = 0;

/** State of a replicated table on the server that answered. */
export interface Replica {
  table: string;
  readonly: boolean;
  expired: boolean;
  /** Replication lag in seconds. */
  delay: number;
}

/** The source database's replicated tables; null without access to `system.replicas`. Throws an `ExportError`. */
export async function replicas(source: Source, signal?: AbortSignal): Promise<Replica[] | null> {
  if (performance.now() < deniedUntil) return null;
  try {
    const rows = await queryRows<{ table: string; readonly: number; expired: number; delay: string }>(
      source,
      "SELECT table, is_readonly AS readonly, is_session_expired AS expired, absolute_delay AS delay FROM system.replicas WHERE database = currentDatabase()",
      { settings: { max_execution_time: 10 }, signal },
    );
    return rows.map(({ table, readonly, expired, delay }) => ({
      table,
      readonly: readonly === 1,
      expired: expired === 1,
      delay: Number(delay),
    }));
  } catch (error) {
    if (!(error instanceof ExportError) || error.failure.code !== "source_permission") throw error;
    deniedUntil = performance.now() + DENIED_FOR;
    return null;
  }
}

/** Why a replica may lack rows of a settled window; null if there is no problem. */
export function replicaProblem(found: readonly Replica[], settleSeconds: number): string | null {
  for (const { table, readonly, expired, delay } of found) {
    if (readonly) return `its replica of ${table} is read-only and gets no rows`;
    if (expired) return `its replica of ${table} has lost its Keeper session and gets no rows`;
    if (delay > settleSeconds)
      return `its replica of ${table} is ${delay} s behind, and the settle time is ${settleSeconds} s`;
  }
  return null;
}
