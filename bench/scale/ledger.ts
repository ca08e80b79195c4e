import type { PoolClient } from "pg";
import { getDb, getPool } from "@/lib/db/client";
import { settingsSchema } from "@/lib/destinations/settings";
import { BY_MONTH, makePartition, monthAfter } from "@/lib/services/retention/partitions";
import { BESIDE } from "./beside-sql";
import { RUN_DETAILS, RUN_FILES, RUNS } from "./runs-sql";
import type { Size } from "./size";

const DESTINATION = settingsSchema.parse({ type: "s3", prefix: "scale/" });
const SCHEDULE = { every: "hour", timezone: "UTC", atHour: 0, atWeekday: 0 };
const CONFIG = { bucket: "scale", region: "us-east-1", endpoint: null, accessKeyId: "AKIASCALE" };

/** The first project has half of all exports; nine organizations share the rest. */
const TENANTS = [
  `INSERT INTO organizations (name) SELECT 'Scale ' || n FROM generate_series(1, 9) n`,
  `INSERT INTO projects (organization_id, name, source_project_id)
     SELECT id, 'Scale', 1000000 + row_number() OVER () FROM organizations WHERE name LIKE 'Scale %'`,
  `INSERT INTO connections (organization_id, project_id, type, name, config, secrets, verified_at)
     SELECT organization_id, id, 's3', 'Scale', $config::jsonb, '', now() FROM projects`,
  `CREATE TEMP TABLE places AS
     SELECT c.organization_id, c.project_id, c.id AS connection_id, row_number() OVER (ORDER BY p.created_at, p.id) - 1 AS n
     FROM connections c JOIN projects p ON p.id = c.project_id WHERE c.name = 'Scale'`,
  `INSERT INTO exports (organization_id, project_id, connection_id, name, model, destination, file_schema, filters, schedule,
       due_from, created_at, updated_at)
     SELECT organization_id, project_id, connection_id, 'Export ' || i, 'events',
       jsonb_set($destination::jsonb, '{prefix}', to_jsonb('scale/' || i || '/')), 2,
       '{"includeEvents": [], "excludeEvents": [], "properties": []}', $schedule::jsonb, date_trunc('hour', now()),
       now() - interval '2 years' + i * interval '1 second', now()
     FROM generate_series(1, $exports::int) i JOIN places ON n = CASE WHEN i % 2 = 1 OR i = 2 THEN 0 ELSE 1 + i % 9 END`,
  `CREATE TEMP TABLE spread AS
     SELECT e.id, e.organization_id, e.project_id, row_number() OVER (ORDER BY e.created_at) AS n
     FROM exports e WHERE e.name LIKE 'Export %'`,
  `CREATE UNIQUE INDEX ON spread (n)`,
  `INSERT INTO historic_exports (organization_id, project_id, export_id, range_start, range_end, state, windows, created_at, finished_at)
     SELECT organization_id, project_id, id, now() - interval '2 days', now() - interval '1 day', 'Completed', 24,
       now() - k * interval '1 minute', now()
     FROM spread, generate_series(1, CASE WHEN n = 1 THEN 40 ELSE 1 END) k`,
];

const TABLES = [
  ..."runs run_documents run_files run_logs object_keys exports historic_exports audit_log alerts alert_channels".split(
    " ",
  ),
  ..."mails deliveries connections organizations projects".split(" "),
];

/**
 * Fills an empty ledger in one transaction, with triggers and foreign keys off, which requires a superuser. Counts what
 * the triggers maintain once, at the end.
 */
export async function fillLedger(size: Size, say: (text: string) => void): Promise<void> {
  for (const table of BY_MONTH) for (const month of monthsOf(size.hours)) await makePartition(getDb(), table, month);
  const client = await getPool().connect();
  try {
    await client.query("BEGIN; SET LOCAL session_replication_role = replica");
    for (const [name, statements] of Object.entries(STEPS)) {
      say(`filling: ${name}`);
      for (const statement of statements) await ask(client, statement, size);
    }
    await client.query("SELECT recount_ledger(); COMMIT");
  } finally {
    client.release(true);
  }
}

/** Like autovacuum, removes dead rows and updates the statistics. */
export const analyze = () => getPool().query(`VACUUM ANALYZE ${TABLES.join(", ")}`);

/** The months that the last `hours` hours fall in, each as its first day. */
function monthsOf(hours: number): string[] {
  const newest = `${new Date().toISOString().slice(0, 7)}-01`;
  return Array.from({ length: Math.ceil(hours / (28 * 24)) + 1 }, (_, n) => monthAfter(newest, -n));
}

const STEPS = { exports: TENANTS, runs: RUNS, files: RUN_FILES, "logs and keys": RUN_DETAILS, "all else": BESIDE };

/** Executes a statement after replacing `$name` with the size of that part of the ledger. */
function ask(client: PoolClient, statement: string, size: Size): Promise<unknown> {
  const values: Record<string, unknown> = {
    config: JSON.stringify(CONFIG),
    destination: JSON.stringify(DESTINATION),
    schedule: JSON.stringify(SCHEDULE),
    ...size,
  };
  const used: unknown[] = [];
  const text = statement.replaceAll(/\$(\w+)/g, (_, name: string) => `$${used.push(values[name])}`);
  return client.query(text, used);
}
