import { createHash } from "node:crypto";
import { and, count, eq, isNotNull, or } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { runFiles } from "@/lib/db/schema";
import type { PinnedConnection } from "@/lib/db/schema/runs";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { type ConnectionConfig, secretGoesTo, uriOf } from "@/lib/destinations/connection";
import { ExportError } from "@/lib/errors";
import { PLAN_MISMATCH } from "@/lib/failure-codes";
import { isNowForeign } from "./fence";
import type { LoadedRun } from "./load";

/** How many of a run's files an attempt was allowed to store at the run's address. */
export async function countSent(db: Db, runId: string): Promise<number> {
  const [row] = await db
    .select({ sent: count() })
    .from(runFiles)
    .where(and(eq(runFiles.runId, runId), or(isNotNull(runFiles.sentAt), isNotNull(runFiles.renamedFrom))));
  return row?.sent ?? 0;
}

type Pinnable = ConnectionConfig & { tlsCaSha256?: string };

/** A connection's settings as a plan pins them: of its certificates, which may be long, only the hash. */
function pinnable(config: ConnectionConfig): Pinnable {
  if (!("tlsCa" in config) || config.tlsCa === null) return config;
  const tlsCaSha256 = createHash("sha256").update(config.tlsCa).digest("hex");
  return { ...config, tlsCa: null, tlsCaSha256 };
}

/**
 * Pinned settings as a connection can use them. It trusts the certificates that its connection trusts now: they don't
 * decide where it leads, and a pinned server is the connection's own, whose certificate may have been replaced since.
 */
export function usable({ tlsCaSha256: _, ...config }: Pinnable, now: ConnectionConfig): ConnectionConfig {
  return "tlsCa" in config && "tlsCa" in now ? { ...config, tlsCa: now.tlsCa } : config;
}

/** What a plan pins of a connection: its address, and what people see of it. */
export function pinOf({ connection }: Pick<LoadedRun, "connection">): { address: string; pinned: PinnedConnection } {
  const { id, version, type, config } = connection;
  const auth = "auth" in config ? config.auth : "password";
  const pinned = { connectionId: id, version, type, place: uriOf({ type, config }), auth, config: pinnable(config) };
  return { address: canonicalAddress(connection), pinned };
}

/**
 * A run with the connection its plan pinned, if the current one leads elsewhere, so that what the run committed can
 * still be cleaned there. Only if the secret would go to the same server and the bucket is not another organization's;
 * otherwise the run unchanged.
 */
export async function asPinned(db: Db, loaded: LoadedRun): Promise<LoadedRun> {
  const { run, connection } = loaded;
  if (!run.pinned?.config || run.address === null || canonicalAddress(connection) === run.address) return loaded;
  const pinned = { ...connection, config: usable(run.pinned.config, connection.config) };
  if (secretGoesTo(pinned) !== secretGoesTo(connection)) return loaded;
  const before = { ...loaded, connection: pinned };
  return (await isNowForeign(db, before)) ? loaded : before;
}

/**
 * Throws if a run's connection now leads elsewhere: to request a fresh plan if nothing was written and the step can ask
 * for one, otherwise for good.
 */
export async function requireAddress(db: Db, { run, connection }: LoadedRun, canPlanAnew: boolean): Promise<void> {
  // A run begun under an earlier version pins its address with its next plan or its commit.
  if (run.address === null || canonicalAddress(connection) === run.address) return;
  const sent = await countSent(db, run.id);
  throw sent === 0 && canPlanAnew ? planAnew() : moved(run.pinned?.place ?? run.address, uriOf(connection), sent);
}

const planAnew = () =>
  new ExportError({
    code: PLAN_MISMATCH,
    message: "The connection was changed before anything was written, so the run is planned for its new address.",
    fix: null,
    retryable: true,
  });

const moved = (from: string, to: string, sent: number) =>
  new ExportError({
    code: "connection_moved",
    message:
      sent === 0
        ? `The run was planned for ${from}, but its connection now uses ${to}.`
        : `The run has written ${sent === 1 ? "1 file" : `${sent} files`} to ${from}, but its connection now uses ${to}.`,
    fix: `Retry the run to write the whole window to ${to}. The files in ${from} stay there, and this run lists them.`,
    retryable: false,
  });
