import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { sql } from "drizzle-orm";
import { closeDb, getDb } from "@/lib/db/client";
import { createConnectionSchema } from "@/lib/schemas/connection";
import { createExportSchema } from "@/lib/schemas/export";
import type { Actor } from "@/lib/services/access/actor";
import { createConnection } from "@/lib/services/connections/create";
import { createExport, insertExport } from "@/lib/services/exports/create";
import { noteMissingLeads } from "@/lib/services/exports/note-missing-leads";
import { patchExport } from "@/lib/services/exports/patch";
import { initialize } from "@/lib/services/setup/initialize";
import { closeTemporal } from "@/lib/temporal/client";
import { makeProgress } from "@/server/process/progress";
import { ownerOf } from "@/testing/api/actor";
import { prepare } from "../local/run/prepare";
import { startStack } from "../local/stack";
import { median } from "./measure";
import { machine, writeResults } from "./results";

const DATA_DIR = ".data/bench/creation";
/** Exports that the organization already has. */
const EXPORTS = Number(process.env.BENCH_EXPORTS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const AT_ONCE = 4;
const AIM_MS = 20;

const body = (connectionId: string) => ({
  ...createExportSchema.parse({
    name: "one more",
    connectionId,
    destination: { type: "s3", prefix: `more/${randomUUID()}/` },
    schedule: { every: "hour" },
    paused: true,
  }),
});

async function connect(actor: Actor): Promise<string> {
  const [projectId = ""] = actor.projectIds;
  const config = {
    bucket: `creation-${randomUUID()}`,
    region: "eu-central-1",
    endpoint: "http://127.0.0.1:9",
    accessKeyId: "key",
    secretAccessKey: "secret",
  };
  const wanted = createConnectionSchema.parse({ type: "s3", name: "creation", config });
  return (await createConnection(actor, { projectId, ...wanted })).id;
}

/** Makes `EXPORTS` copies of one export, each under its own prefix. */
async function fill(exportId: string): Promise<void> {
  const db = getDb();
  await db.execute(sql`
    insert into exports (organization_id, project_id, connection_id, name, model, destination, file_schema, filters, schedule,
      paused, schedule_applied)
    select organization_id, project_id, connection_id, 'export ' || n, model,
      jsonb_set(destination, '{prefix}', to_jsonb('bench/export-' || n || '/{year}/{month}/')), file_schema, filters, schedule, true, 1
    from exports, generate_series(1, ${EXPORTS}::int) n where id = ${exportId}`);
  await noteMissingLeads(getDb());
  await db.execute(sql`vacuum analyze`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function alone(make: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) taken.push(await timed(make));
  return Math.round(median(taken) * 10) / 10;
}

/** The median time per call, in ms, with `AT_ONCE` concurrent calls. */
async function together(make: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS / AT_ONCE; round += 1)
    taken.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => timed(make)))));
  return Math.round(median(taken) * 10) / 10;
}

async function measured(actor: Actor) {
  const [projectId = ""] = actor.projectIds;
  const connectionId = await connect(actor);
  const make = () => createExport(actor, { projectId, ...body(connectionId) });
  const { id } = await make();
  await fill(id);
  await make();
  const { organizationId } = actor;
  const bounds = { startAt: null, endAt: null };
  const inLedger = () => {
    const values = { ...body(connectionId), ...bounds, organizationId, projectId, scheduleApplied: 1 };
    return getDb().transaction((tx) => insertExport(tx, actor, values));
  };
  const patch = () => patchExport(actor, { id, destination: body(connectionId).destination });
  const ledger = { alone: await alone(inLedger), atOnce: await together(inLedger) };
  return { ledger, alone: await alone(make), atOnce: await together(make), patch: await alone(patch) };
}

async function main(): Promise<void> {
  const on = machine();
  process.env.QUOTA_EXPORTS = String(EXPORTS * 100);
  process.env.ALLOWED_PRIVATE_HOSTS = "127.0.0.1";
  const progress = makeProgress();
  const stack = await startStack({ dataDir: resolve(DATA_DIR), ports: "free", progress });
  try {
    await prepare({ stack, dataDir: resolve(DATA_DIR), progress, makeTables: true });
    const { organizationId, projectId } = await initialize();
    const ms = await measured(ownerOf(organizationId, [projectId]));
    console.log(`\nCreating an export where there are ${EXPORTS} in the bucket, median (aim ${AIM_MS} ms):`);
    console.log(`  alone ${ms.alone} ms, ${AT_ONCE} at once ${ms.atOnce} ms each, a new prefix ${ms.patch} ms`);
    console.log(
      `  of which the ledger's own: alone ${ms.ledger.alone} ms, ${AT_ONCE} at once ${ms.ledger.atOnce} ms each`,
    );
    console.log(`Written to ${writeResults("creation", on, { exports: EXPORTS, ms })}`);
  } finally {
    await Promise.all([closeDb(), closeTemporal()]);
    await stack.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
