import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { connections, exports } from "@/lib/db/schema";
import { s3DestinationSchema } from "@/lib/destinations/s3/settings";
import { ownerOf } from "@/testing/api/actor";
import { connectTo, ORGANIZATION, PROJECT, withOwnInstallation } from "@/testing/api/own-installation";
import { insertExport } from "./create";
import { placeIn } from "./key-place";
import { nearbyIds } from "./nearby";
import { noteMissingLeads } from "./note-missing-leads";

withOwnInstallation();

describe("where an organization has thousands of exports", () => {
  const actor = ownerOf(ORGANIZATION, [PROJECT]);
  const destination = (prefix: string) => s3DestinationSchema.parse({ type: "s3", prefix });
  const filters = { includeEvents: [], excludeEvents: [], properties: [] };
  const schedule = { every: "once" as const, timezone: "UTC", atHour: 0, atWeekday: 0 };
  const wanted = (connectionId: string) => ({
    organizationId: ORGANIZATION,
    projectId: PROJECT,
    connectionId,
    name: "one more",
    model: "persons" as const,
    destination: destination(`${randomUUID()}/{year}/`),
    filters,
    schedule,
  });
  const MANY = 5000;

  let connectionId: string;
  beforeAll(async () => {
    await getDb().delete(exports);
    connectionId = await connectTo({ endpoint: "https://storage.example", bucket: "many" });
    const first = { ...wanted(connectionId), model: "events" as const };
    const [made] = await getDb()
      .insert(exports)
      .values({ ...first, destination: destination("e/") })
      .returning();
    await getDb().execute(sql`
      insert into exports (organization_id, project_id, connection_id, name, model, destination, filters, schedule, paused)
      select organization_id, project_id, connection_id, 'n' || n, model,
        jsonb_set(destination, '{prefix}', to_jsonb('e/' || n || '/{year}/')), filters, schedule, true
      from exports, generate_series(1, ${MANY}::int) n where id = ${made!.id}`);
    await getDb().execute(sql`insert into rests (export_id) select id from exports`);
    await noteMissingLeads(getDb());
    await getDb().execute(sql`analyze`);
  });

  it("a new one is compared with a few, by an index", async () => {
    const place = placeIn({ ...wanted(connectionId), sourceProjectId: 1, config: await configOf(connectionId) })!;
    const { rows } = await getDb().execute<{ "QUERY PLAN": string }>(sql`explain ${nearbyIds(place)}`);
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toContain("export_leads_place");
    expect(plan).not.toContain("Seq Scan");
    expect((await getDb().execute(nearbyIds(place))).rows).toEqual([]);
    // Only "e/" itself is near: no other lead continues with "x".
    const above = { ...place, leads: [{ text: "e/", next: "x" }] };
    expect((await getDb().execute(nearbyIds(above))).rows).toHaveLength(1);
  });

  it("no statement of saving it reads all of them", async () => {
    const [before, after] = await getDb().transaction(async (tx) => {
      const scans = async () => {
        const { rows } = await tx.execute(sql`
          select relname, seq_scan::int as scans from pg_stat_xact_user_tables
          where relname in ('exports', 'export_leads', 'rests') order by relname`);
        return rows;
      };
      const before = await scans();
      await insertExport(tx, actor, wanted(connectionId));
      return [before, await scans()];
    });
    expect(after).toHaveLength(3);
    expect(after).toEqual(before);
  });

  it("the count of them is kept, whatever writes there", async () => {
    const counted = async () => {
      const { rows } = await getDb().execute<{ used: number; is: number }>(sql`
        select used, (select count(*)::int from exports where organization_id = c.organization_id and deleted_at is null) as is
        from export_counts c where organization_id = ${ORGANIZATION}`);
      return rows[0]!;
    };
    const steps = [
      sql`update exports set deleted_at = now() where name like 'n1%'`,
      sql`update exports set deleted_at = now() where name like 'n1%'`,
      sql`update exports set deleted_at = null where name like 'n11%'`,
      sql`delete from exports where name like 'n1%' or name like 'n2%'`,
    ];
    let last = await counted();
    expect(last.used).toBe(last.is);
    for (const step of steps) {
      await getDb().execute(step);
      last = await counted();
      expect(last.used).toBe(last.is);
    }
    expect(last.is).toBeGreaterThan(0);
  });

  const configOf = async (id: string) =>
    (await getDb().select({ config: connections.config }).from(connections).where(eq(connections.id, id)))[0]!.config;
});
