import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/client";
import { documentsOfRun } from "@/lib/db/documents-of-run";
import type { ConnectionRow, RunRow } from "@/lib/db/rows";
import { connections, exports, projects, runDocuments, runs } from "@/lib/db/schema";
import { canonicalAddress } from "@/lib/destinations/canonical-address";
import { FILES_TYPES } from "@/lib/destinations/catalog";
import { uriOf } from "@/lib/destinations/connection";
import { writingOf } from "@/lib/destinations/writing";
import type { Window } from "@/lib/windows";
import { KeysConflict } from "../plan/keys-conflict";
import { stopYounger } from "../plan/stop-younger";

/** Arbitrary: serializes workers that start together. */
const LOCK = 7_361_014;
/** Runs per round. */
const BATCH = 2_000;

/**
 * Applies the rule that every key has one owner to earlier versions' runs: records where they wrote, if their
 * connection hasn't changed since, and reserves the keys of current receipts, the older export's first. Pauses exports
 * whose files already share keys with an older one and alerts their people. Does nothing if already done.
 */
export async function reserveExisting(db: Db): Promise<void> {
  const clashes = await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const addresses = new Set<string>();
    for (const connection of await tx.select().from(connections).where(inArray(connections.type, FILES_TYPES)))
      if ((await noteAddress(tx, connection)) > 0) addresses.add(canonicalAddress(connection));
    const found: Clash[] = [];
    for (const address of addresses) {
      await reserveFiles(tx, address);
      await reserveManifests(tx, address);
      found.push(...(await clashesAt(tx, address)));
    }
    return found;
  });
  for (const clash of clashes) await stop(db, clash);
}

async function noteAddress(tx: Tx, connection: ConnectionRow): Promise<number> {
  const { id, version, type, config, updatedAt } = connection;
  const auth = "auth" in config ? config.auth : "password";
  const pinned = JSON.stringify({ connectionId: id, version, type, place: uriOf({ type, config }), auth });
  const { rowCount } = await tx.execute(sql`
    update runs r set address = ${canonicalAddress(connection)}, pinned = ${pinned}::jsonb
    from exports e where e.id = r.export_id and e.connection_id = ${id} and r.address is null and r.plan_version > 0
      and r.state in ('Completed', 'Failed', 'Cancelled') and r.created_at >= ${updatedAt.toISOString()}::timestamptz`);
  return rowCount ?? 0;
}

const reserveFiles = (tx: Tx, address: string) =>
  tx.execute(sql`
    insert into object_keys (organization_id, project_id, address, key, kind, export_id, interval_start, interval_end, run_id)
    select r.organization_id, r.project_id, r.address, f.key, 'file', r.export_id, r.interval_start, r.interval_end, r.id
    from runs r join exports e on e.id = r.export_id
      join run_files f on f.run_id = r.id and f.plan_version = r.plan_version
    where r.state = 'Completed' and r.superseded_by is null and r.address = ${address}
    order by e.created_at, r.interval_start on conflict do nothing`);

/** Manifests' keys depend on settings, so they are computed here, not in SQL. */
async function reserveManifests(tx: Tx, address: string): Promise<void> {
  let after = 0;
  for (;;) {
    const rows = await tx
      .select({ run: runs, planned: runDocuments.spec, spec: exports, project: projects })
      .from(runs)
      .innerJoin(exports, eq(exports.id, runs.exportId))
      .innerJoin(projects, eq(projects.id, runs.projectId))
      .leftJoin(runDocuments, documentsOfRun)
      .where(
        and(
          eq(runs.state, "Completed"),
          isNull(runs.supersededBy),
          eq(runs.address, address),
          isNull(runs.manifest),
          gt(runs.fence, after),
        ),
      )
      .orderBy(asc(runs.fence))
      .limit(BATCH);
    if (rows.length === 0) return;
    after = rows.at(-1)!.run.fence;
    const keys = rows.map(({ run, planned, spec, project }) => {
      const { model, destination, fileSchema } = { ...spec, fileSchema: 1 as const, ...planned };
      const window = { start: run.intervalStart, end: run.intervalEnd };
      const { id: runId, requestId, createdAt: runAt, revision } = run;
      const { sourceProjectId } = project;
      const keyed = { model, destination, window, runId, requestId, runAt, revision, sourceProjectId, fileSchema };
      return writingOf(destination).manifestKey(keyed) ?? "";
    });
    const ids = rows.map(({ run }) => run.id);
    await tx.execute(sql`
      with given as (select * from unnest(${sql.param(ids)}::uuid[], ${sql.param(keys)}::text[]) as g(id, key)),
      noted as (update runs r set manifest = jsonb_build_object('key', g.key, 'etag', null, 'bytes', null) from given g where g.id = r.id)
      insert into object_keys (organization_id, project_id, address, key, kind, export_id, interval_start, interval_end, run_id)
      select r.organization_id, r.project_id, r.address, g.key, 'manifest', r.export_id, r.interval_start, r.interval_end, r.id
      from given g join runs r on r.id = g.id join exports e on e.id = r.export_id
      order by e.created_at, r.interval_start on conflict do nothing`);
  }
}

interface Clash {
  run: RunRow;
  key: string;
  holder: string;
  window: Window;
}

/** The newest run of every live export whose current receipt names a key held by an older export. */
async function clashesAt(tx: Tx, address: string): Promise<Clash[]> {
  const { rows } = await tx.execute<{ run_id: string; key: string; holder: string; start: Date; end: Date }>(sql`
    select distinct on (r.export_id) r.id as run_id, k.key, k.interval_start as start, k.interval_end as "end",
      case when h.project_id = r.project_id then 'the export “' || h.name || '”' else 'an export of another project' end as holder
    from runs r join exports e on e.id = r.export_id
      join run_files f on f.run_id = r.id and f.plan_version = r.plan_version
      join object_keys k on k.address = r.address and k.key = f.key and k.export_id <> r.export_id
      join exports h on h.id = k.export_id
    where r.state = 'Completed' and r.superseded_by is null and r.address = ${address} and e.deleted_at is null
    order by r.export_id, r.interval_start desc`);
  if (rows.length === 0) return [];
  const ids = rows.map(({ run_id }) => run_id);
  const found = await tx.select().from(runs).where(inArray(runs.id, ids));
  return rows.map(({ run_id, key, holder, ...window }) => ({
    run: found.find(({ id }) => id === run_id)!,
    key,
    holder,
    window: { start: new Date(window.start), end: new Date(window.end) },
  }));
}

async function stop(db: Db, { run, key, holder, window }: Clash): Promise<void> {
  const conflict = { key, holder, window, isOwn: false, younger: run.exportId };
  await stopYounger(db, run.exportId, run, new KeysConflict(conflict).failure);
}
