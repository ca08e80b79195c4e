import { randomUUID } from "node:crypto";
import type { VerifyResult } from "@/lib/fields/verification";
import type { OpenDestination } from "../types";
import { COMMITS } from "../warehouse/fence";
import { nobodys, probeFile, probeRun } from "../warehouse/probe";
import { addressStep, runSteps, type WarehouseStep } from "../warehouse/verify";
import { accountUrl } from "./address";
import { type Session, type SnowflakeConnection, withSnowflake } from "./client";
import { snowflakeFailure } from "./errors";
import { forgetExport } from "./fence";
import { quote, stored } from "./names";
import { openSnowflake } from "./open";
import { type SnowflakeConfig, type SnowflakeSettings, snowflakeSettingsSchema } from "./schema";
import { grants, roleGrant } from "./script";
import { targetOf } from "./targets";

const KEY = "verify/merged_ids-0.parquet";

type Ask = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/**
 * Does what exports do: signs in, creates a table, loads a file, replaces the window in a transaction, and drops it.
 */
export async function verifySnowflake(
  connection: SnowflakeConnection,
  settings: SnowflakeSettings[],
): Promise<VerifyResult> {
  const { config } = connection;
  const table = `_penstock_verify_${randomUUID().slice(0, 8)}`;
  const run = probeRun();
  const probed = { ...snowflakeSettingsSchema.parse({ type: "snowflake" }), table };
  const probe = openSnowflake(connection, probed, run);
  const ask: Ask = (work) => withSnowflake(connection, work);
  const dropped = () =>
    ask(async (session) => {
      await session.query(`DROP TABLE IF EXISTS ${fullName(config, table)}`);
      await forgetExport(session, config, run.exportId);
    });
  const steps: WarehouseStep[] = [
    ...enterSteps(connection, ask),
    ...probeSteps(config, probe),
    {
      name: "Delete",
      needs: ["Create table"],
      run: async () => {
        await probe.abort();
        await dropped();
        return `The probe was removed, except for the empty stage and the table ${COMMITS}, which records commits.`;
      },
    },
    ...settings.map((setting) => targetStep(config, ask, setting)),
  ];
  const result = await runSteps(steps, (error) => snowflakeFailure(error, config));
  const passed = (step: string) => result.steps.some(({ name, status }) => name === step && status === "passed");
  // Without access, nothing was created, and signing in again would only take time.
  if (passed("Connect") && !passed("Delete")) {
    await probe.abort().catch(() => {});
    await dropped().catch(() => {});
  }
  return result;
}

const fullName = ({ database, schema }: SnowflakeConfig, table: string) =>
  `${quote(database)}.${quote(schema)}.${quote(table)}`;

/** Checks that Penstock gets in, and finds what the connection names. */
function enterSteps({ config, organizationId }: SnowflakeConnection, ask: Ask): WarehouseStep[] {
  const { username, role, warehouse, database, schema } = config;
  const use = (name: string, sql: string, statement: string, found: string): WarehouseStep => ({
    name,
    needs: ["Connect"],
    statement,
    run: async () => {
      await ask((session) => session.query(sql));
      return found;
    },
  });
  const asked = role === null ? "SELECT CURRENT_ROLE()" : `USE ROLE ${quote(role)}`;
  return [
    addressStep(accountUrl(config), { purpose: "snowflake", organizationId }),
    {
      name: "Connect",
      needs: ["Address"],
      statement: roleGrant(config),
      run: async () => {
        await ask((session) => session.query("SELECT 1"));
        return `The user ${username} can sign in to Snowflake.`;
      },
    },
    use("Role", asked, roleGrant(config), role === null ? "The user's default role is used." : `${role} can be used.`),
    use("Warehouse", `USE WAREHOUSE ${quote(warehouse)}`, grants(config), `${warehouse} can be used.`),
    use(
      "Database and schema",
      `USE SCHEMA ${quote(database)}.${quote(schema)}`,
      grants(config),
      `${database}.${schema} exists.`,
    ),
  ];
}

/** The steps of a run, with a file of one row. */
function probeSteps(config: SnowflakeConfig, probe: OpenDestination): WarehouseStep[] {
  const statement = grants(config);
  return [
    {
      name: "Create table",
      needs: ["Role", "Warehouse", "Database and schema"],
      statement,
      run: async () => {
        await probe.prepare(["merged_ids"], nobodys);
        return `Tables and stages can be created in ${config.schema}.`;
      },
    },
    {
      name: "Stage",
      needs: ["Create table"],
      statement,
      run: async () => {
        const body = probeFile();
        const file = { key: KEY, table: "merged_ids", body, contentType: "application/vnd.apache.parquet" };
        await probe.putFile(file, AbortSignal.timeout(30_000));
        return "Files can be uploaded to the stage.";
      },
    },
    {
      name: "Load and commit",
      needs: ["Stage"],
      statement,
      run: async () => {
        const files = [{ key: KEY, table: "merged_ids", rows: 1 }];
        const { tables } = await probe.commit({ files, tables: ["merged_ids"], manifest: null });
        return `Files can be loaded, and a window can be replaced in one transaction: the table has ${tables[0]?.rows} row.`;
      },
    },
  ];
}

/** An existing table must let Penstock read, add, and remove rows. */
const targetStep = (config: SnowflakeConfig, ask: Ask, settings: SnowflakeSettings): WarehouseStep => ({
  name: `Table ${settings.table}`,
  needs: ["Database and schema"],
  statement: `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${quote(config.database)}.${quote(config.schema)} TO ROLE ${quote(config.role ?? "PENSTOCK")};`,
  run: () =>
    ask(async (session) => {
      const targets = ["events", "persons", "merged_ids"].map((each) => targetOf(config, settings, each));
      const { rows } = await session.query(
        `SELECT TABLE_NAME AS "NAME" FROM ${quote(config.database)}.INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?`,
        [stored(config.schema)],
      );
      const there = new Set(rows.map(({ NAME }) => NAME));
      const found = targets.filter(({ bare, naming }) => there.has(naming.table(bare)));
      for (const name of new Set(found.map((target) => target.name))) {
        await session.query(`SELECT 1 FROM ${name} LIMIT 0`);
        await session.query(`DELETE FROM ${name} WHERE 1 = 0`);
      }
      return "Existing tables can be read and changed.";
    }),
});
