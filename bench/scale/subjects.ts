import { sql } from "drizzle-orm";
import { getDb } from "@/lib/db/client";
import type { Actor } from "@/lib/services/access/actor";

/** The objects of a filled ledger that the requests use. */
export interface Subjects {
  projectId: string;
  connectionId: string;
  /** The export with consecutive hourly runs, and its newest run. */
  hourly: string;
  hourlyRun: string;
  requestId: string;
  historicId: string;
  /** The export whose receipts list very many files, and its newest run. */
  big: string;
  bigRun: string;
  /** An object with audit log entries. */
  objectId: string;
  mailId: string;
}

interface Found extends Record<string, unknown> {
  id: string;
  run_id: string;
  request_id: string;
  connection_id: string;
}

export async function subjectsOf(actor: Actor): Promise<Subjects> {
  const [projectId = ""] = actor.projectIds;
  const { rows } = await getDb().execute<Found>(sql`
    select e.id, r.id as run_id, r.request_id, e.connection_id from exports e, lateral (
      select id, request_id from runs where export_id = e.id order by interval_start desc limit 1) r
    where e.name in ('Export 1', 'Export 2') order by e.name`);
  const [hourly, big] = rows;
  const one = async (query: ReturnType<typeof sql>) => (await getDb().execute<{ id: string }>(query)).rows[0]?.id ?? "";
  return {
    projectId,
    connectionId: hourly!.connection_id,
    hourly: hourly!.id,
    hourlyRun: hourly!.run_id,
    requestId: hourly!.request_id,
    historicId: await one(sql`select historic_export_id as id from runs
      where export_id = ${hourly!.id} and historic_export_id is not null limit 1`),
    big: big!.id,
    bigRun: big!.run_id,
    objectId: await one(sql`select object_id as id from audit_log
      where organization_id = ${actor.organizationId} and object_type = 'export' limit 1`),
    mailId: await one(sql`select id from mails where organization_id = ${actor.organizationId} limit 1`),
  };
}
