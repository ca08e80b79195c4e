import type { RunTag } from "../types";
import { COMMITS, superseded } from "../warehouse/fence";
import type { Session } from "./client";
import { quote } from "./names";
import type { SnowflakeConfig } from "./schema";
import { bound, createCommits, forget, latestFence, noteWindow, raiseFence } from "./sql";

type SchemaRef = Pick<SnowflakeConfig, "database" | "schema">;

const nameOf = ({ database, schema }: SchemaRef) => [database, schema, COMMITS].map(quote).join(".");

export const ensureCommits = async (session: Session, place: SchemaRef): Promise<void> => {
  await session.query(createCommits(nameOf(place)));
};

/**
 * Inserts a window's row before the run's transaction, which then updates it: an UPDATE locks its rows until its
 * transaction ends, an INSERT locks nothing, and Snowflake has no unique keys.
 */
export async function openWindow(session: Session, place: SchemaRef, { exportId, window }: RunTag): Promise<void> {
  await ensureCommits(session, place);
  const [start, end] = [bound(window.start), bound(window.end)];
  await session.query(noteWindow(nameOf(place)), [exportId, start, end, exportId, start]);
}

/** Whether the run has committed, even if the answer was lost. Throws if a later run has committed the window. */
export async function isCommitted(session: Session, place: SchemaRef, { exportId, window, fence }: RunTag) {
  const [start, end] = [bound(window.start), bound(window.end)];
  const { rows } = await session.query(latestFence(nameOf(place)), [exportId, start, end, start, end]);
  const latest = Number(rows[0]?.FENCE ?? 0);
  if (latest > fence) throw superseded();
  return latest === fence;
}

/**
 * Claims the window for the run within its transaction; other runs' commits of it then wait. Returns false if the run's
 * own commit is there. Throws if a later run has committed this window, one within it, or one around it.
 */
export async function claimWindow(session: Session, place: SchemaRef, run: RunTag): Promise<boolean> {
  const { rows } = await session.query(raiseFence(nameOf(place)), [
    String(run.fence),
    run.id,
    bound(run.window.end),
    run.exportId,
    bound(run.window.start),
    String(run.fence),
  ]);
  const raised = Number(Object.values(rows[0] ?? {})[0] ?? 0);
  await isCommitted(session, place, run);
  return raised > 0;
}

/** Removes the commits of a connection's verification. */
export const forgetExport = async (session: Session, place: SchemaRef, exportId: string): Promise<void> => {
  await session.query(forget(nameOf(place)), [exportId]);
};
