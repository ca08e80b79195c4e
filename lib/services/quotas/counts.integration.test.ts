import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { QUOTAS } from "@/lib/schemas/quota";
import { ORGANIZATION, withOwnInstallation } from "@/testing/api/own-installation";
import { requireRoom } from "./quotas";

withOwnInstallation();

const MANY = 3000;

/** Thousands of rows of another organization. */
beforeAll(async () => {
  const statements = [
    sql`insert into organizations (id, name) values ('0a000000-0000-4000-8000-00000000000f', 'Many')`,
    sql`insert into projects (id, organization_id, name, source_project_id)
      values ('0b000000-0000-4000-8000-00000000000f', '0a000000-0000-4000-8000-00000000000f', 'Many', 99)`,
    sql`insert into connections (organization_id, project_id, type, name, config, secrets)
      select organization_id, id, 's3', 'n' || n, '{}', '' from projects, generate_series(1, ${MANY}::int) n where source_project_id = 99`,
    sql`insert into exports (organization_id, project_id, connection_id, name, model, destination, filters, schedule)
      select organization_id, project_id, id, name, 'events', '{}', '{}', '{}' from connections where name like 'n%' and config = '{}'`,
    sql`insert into historic_exports (organization_id, project_id, export_id, range_start, range_end, windows)
      select organization_id, project_id, id, now(), now(), 1 from exports where destination = '{}'`,
    sql`insert into api_keys (organization_id, project_id, name, prefix, hash)
      select organization_id, id, 'n', 'p', 'h' || n from projects, generate_series(1, ${MANY}::int) n where source_project_id = 99`,
    sql`insert into invitations (organization_id, email, role, hash, expires_at)
      select organization_id, n || '@x', 'viewer', 'h' || n, now() from projects, generate_series(1, ${MANY}::int) n where source_project_id = 99`,
    sql`analyze`,
  ];
  for (const statement of statements) await getDb().execute(statement);
});

it.each(QUOTAS)("counting %s reads those of the organization only", async (name) => {
  const [before, after] = await getDb().transaction(async (tx) => {
    const scans = async () => {
      const { rows } = await tx.execute(sql`
        select relname, seq_scan::int as scans from pg_stat_xact_user_tables
        where relname in ('exports', 'connections', 'api_keys', 'invitations', 'historic_exports') order by relname`);
      return rows;
    };
    const before = await scans();
    await requireRoom(tx, name, ORGANIZATION);
    return [before, await scans()];
  });
  expect(after).toHaveLength(5);
  expect(after).toEqual(before);
});
