import { sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import type { KeyPlace } from "./key-place";

/**
 * Stores the leads of exports' keys, to check later exports against. A place is null if no other export could write the
 * same files.
 */
export async function noteLeads(tx: Tx, places: ReadonlyMap<string, KeyPlace | null>): Promise<void> {
  const rows = [...places].flatMap(([id, place]) =>
    (place?.leads ?? []).map(({ text }) => ({ id, address: place!.address, text })),
  );
  const ids = sql.param([...places.keys()]);
  const given = sql`unnest(${sql.param(rows.map(({ id }) => id))}::uuid[],
    ${sql.param(rows.map(({ address }) => address))}::text[], ${sql.param(rows.map(({ text }) => text))}::text[])`;
  await tx.execute(sql`
    with given as (select * from ${given} as g(export_id, address, lead)),
    noted as (update exports set leads_noted = true where id = any(${ids}::uuid[]) and not leads_noted),
    gone as (
      delete from export_leads l where export_id = any(${ids}::uuid[])
        and not exists (select from given g where g.export_id = l.export_id and g.lead = l.lead))
    insert into export_leads (export_id, address, lead) select export_id, address, lead from given
    on conflict (export_id, lead) do update set address = excluded.address`);
}

/** Updates the leads of a connection's exports to its new address. */
export async function moveLeads(tx: Tx, connectionId: string, address: string): Promise<void> {
  await tx.execute(sql`
    update export_leads l set address = ${address} from exports e
    where e.id = l.export_id and e.connection_id = ${connectionId} and l.address <> ${address}`);
}
