import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { Client } from "pg";
import type { VerifyResult } from "@/lib/fields/verification";
import type { Asked } from "../types";
import { COMMITS } from "../warehouse/fence";
import { nobodys, probeRun } from "../warehouse/probe";
import { addressStep, runSteps, type WarehouseStep } from "../warehouse/verify";
import { type PostgresConnection, withPostgres } from "./client";
import { postgresFailure } from "./errors";
import { forgetExport } from "./fence";
import { openPostgres } from "./open";
import { type PostgresSettings, postgresSettingsSchema } from "./schema";
import { grants, hostAndPort } from "./script";
import { quote } from "./sql";
import { encodingStep } from "./verify-encoding";
import { targetSteps } from "./verify-targets";
import { writesStep } from "./verify-writes";

const KEY = "verify/merged_ids-0.copy";
/** A row of merged ids: team_id, scope, both ids, and the time in microseconds since 2000-01-01. */
const ROW = [1n, 1n, 9_007_199_254_740_993n, 2n, 0n];

/** The row in binary COPY format. */
function probeRow(): Buffer {
  const row = Buffer.alloc(2 + ROW.length * 12);
  row.writeInt16BE(ROW.length);
  for (const [index, value] of ROW.entries()) {
    row.writeInt32BE(8, 2 + index * 12);
    row.writeBigInt64BE(value, 6 + index * 12);
  }
  return row;
}

/** Does what exports do: connects, creates a table, loads a row, replaces the window in a transaction, and drops it. */
export async function verifyPostgres(
  connection: PostgresConnection,
  asked: Asked<PostgresSettings>[],
): Promise<VerifyResult> {
  const { config } = connection;
  const table = `_penstock_verify_${randomUUID().slice(0, 8)}`;
  const run = probeRun();
  const probed = { ...postgresSettingsSchema.parse({ type: "postgres" }), table };
  const probe = openPostgres(connection, probed, run);
  const ask = <T>(work: (client: Client) => Promise<T>) => withPostgres(connection, work);
  const dropped = () =>
    ask(async (client) => {
      await client.query(`DROP TABLE IF EXISTS ${quote(config.schema)}.${quote(table)}`);
      await forgetExport(client, config, run.exportId);
    });
  const steps: WarehouseStep[] = [
    addressStep(hostAndPort(config), { purpose: "postgres", organizationId: connection.organizationId }),
    { name: "Connect", needs: ["Address"], run: () => ask(connected) },
    writesStep(connection),
    encodingStep(connection),
    {
      name: "Schema",
      needs: ["Connect"],
      run: () => ask((client) => schemaThere(client, config.schema)),
      statement: grants(config),
    },
    {
      name: "Create table",
      needs: ["Schema", "Writes"],
      statement: grants(config),
      run: async () => {
        await probe.prepare(["merged_ids"], nobodys);
        return `Tables can be created in ${config.schema}.`;
      },
    },
    {
      name: "Load",
      needs: ["Create table"],
      statement: grants(config),
      run: async () => {
        const body = Readable.from([probeRow()], { objectMode: false });
        const file = { key: KEY, table: "merged_ids", body, contentType: "application/octet-stream" };
        await probe.putFile(file, AbortSignal.timeout(30_000));
        return "Rows can be copied into a staging table.";
      },
    },
    {
      name: "Commit",
      needs: ["Load"],
      statement: grants(config),
      run: async () => {
        const files = [{ key: KEY, table: "merged_ids", rows: 1 }];
        const { tables } = await probe.commit({ files, tables: ["merged_ids"], manifest: null });
        return `A window can be replaced in one transaction: the table has ${tables[0]?.rows} row.`;
      },
    },
    {
      name: "Delete",
      needs: ["Create table"],
      run: async () => {
        await dropped();
        return `The probe was removed, except for the table ${COMMITS}, which records commits.`;
      },
    },
    ...targetSteps(connection, asked),
  ];
  try {
    return await runSteps(steps, (error) => postgresFailure(error, config));
  } finally {
    await probe.abort().catch(() => {});
    await dropped().catch(() => {});
  }
}

async function connected(client: Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
  return `The user can sign in to PostgreSQL ${rows[0]?.version}.`;
}

async function schemaThere(client: Client, schema: string): Promise<string> {
  await client.query(`SELECT has_schema_privilege($1, 'USAGE')`, [schema]);
  return `The schema ${schema} exists.`;
}
