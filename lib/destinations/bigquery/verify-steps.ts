import { ExportError } from "../../errors";
import type { OpenDestination } from "../types";
import { COMMITS } from "../warehouse/fence";
import { nobodys, probeRun } from "../warehouse/probe";
import type { Target } from "../warehouse/target";
import { addressStep, type WarehouseStep } from "../warehouse/verify";
import { type BigqueryClient, endpointOf } from "./client";
import { costOf } from "./cost";
import { runQuery, tryQuery } from "./jobs";
import { probeFile } from "./probe";
import type { BigqueryConfig, BigquerySettings } from "./schema";
import { datasetGrant, projectGrant } from "./script";
import { deleteWindow, ownParameters, quote, type Scoped, usedBy } from "./sql";
import { type DatasetOf, getDataset, getTable, type TableOf } from "./tables";
import { filterOf, isLike, missingColumns, targetOf } from "./targets";
import { days, expiryOf } from "./written";

const TABLE = "events";
const KEY = `verify/${TABLE}-0.parquet`;

/** Checks that BigQuery is reachable, admits the account, and has the dataset in the given location. */
export const connectSteps = (client: BigqueryClient): WarehouseStep[] => [
  addressStep(endpointOf(client.config), client.guarding),
  {
    name: "Project",
    needs: ["Address"],
    statement: projectGrant(client.config, client.tokens.email),
    run: async () => {
      await runQuery(client, { sql: "SELECT 1" });
      return `${client.tokens.email} can run jobs in ${client.config.projectId}.`;
    },
  },
  {
    name: "Dataset",
    needs: ["Project"],
    statement: datasetGrant(client.config, client.tokens.email),
    run: () => datasetThere(client),
  },
];

async function datasetThere(client: BigqueryClient): Promise<string> {
  const { dataset, location } = client.config;
  const found = await getDataset(client);
  if (found.location && found.location.toLowerCase() !== location.toLowerCase())
    throw otherLocation(client.config, found.location);
  return `The dataset ${dataset} exists in ${found.location ?? location}.${defaultExpiry(client.config, found)}`;
}

/** Source: the REST reference of datasets, `defaultPartitionExpirationMs`. */
function defaultExpiry({ projectId, dataset }: BigqueryConfig, { defaultPartitionExpirationMs }: DatasetOf): string {
  const expiry = Number(defaultPartitionExpirationMs);
  if (!expiry) return "";
  return (
    ` Warning: in tables that Penstock creates there, events older than ${days(expiry)} are dropped, and runs that export ` +
    `such events fail. To keep them, ALTER SCHEMA ${[projectId, dataset].map(quote).join(".")} SET OPTIONS ` +
    "(default_partition_expiration_days = NULL) before the first run."
  );
}

const otherLocation = ({ dataset, location }: BigqueryConfig, found: string) =>
  new ExportError({
    code: "missing_schema",
    message: `The dataset ${dataset} is in ${found}, but the connection says ${location}.`,
    fix: `Set the connection's location to ${found}.`,
    retryable: false,
  });

/** Does what an export does, with one row: creates, loads, commits to, and drops a table. */
export function probeSteps(
  client: BigqueryClient,
  probe: OpenDestination,
  dropped: () => Promise<void>,
): WarehouseStep[] {
  const statement = datasetGrant(client.config, client.tokens.email);
  return [
    {
      name: "Create table",
      needs: ["Dataset"],
      statement,
      run: async () => {
        await probe.prepare([TABLE], nobodys);
        return `Tables can be created in ${client.config.dataset}.`;
      },
    },
    {
      name: "Load",
      needs: ["Create table"],
      statement,
      run: async () => {
        const file = { key: KEY, table: TABLE, body: probeFile(), contentType: "application/vnd.apache.parquet" };
        await probe.putFile(file, AbortSignal.timeout(120_000));
        return "Parquet files can be loaded into a staging table.";
      },
    },
    {
      name: "Commit",
      needs: ["Load"],
      statement,
      run: async () => {
        const files = [{ key: KEY, table: TABLE, rows: 1 }];
        const { tables } = await probe.commit({ files, tables: [TABLE], manifest: null });
        return `A window can be replaced in one transaction: the table has ${tables[0]?.rows} row.`;
      },
    },
    {
      name: "Delete",
      needs: ["Create table"],
      statement,
      run: async () => {
        await dropped();
        return `The probe was removed, except for the table ${COMMITS}, which records commits.`;
      },
    },
  ];
}

/** Existing tables must have the columns that exports write, and let Penstock read, add, and remove rows. */
export const tableStep = (client: BigqueryClient, setting: BigquerySettings): WarehouseStep => ({
  name: `Table ${setting.table}`,
  needs: ["Dataset"],
  statement: datasetGrant(client.config, client.tokens.email),
  run: async () => {
    const isOwn = setting.table.includes("{table_name}");
    const targets = ["events", "persons", "merged_ids"].map((each) => targetOf(client.config, setting, each));
    const said = ["Existing tables can be read and changed."];
    for (const target of isOwn ? targets : targets.slice(0, 1)) {
      const there = await getTable(client, target.bare);
      if (!there) continue;
      // A fixed name may be that of any of the three tables.
      if (isOwn) missingColumns(setting, target, there);
      await tryDelete(client, { ...target, filter: filterOf(there) });
      const its = isOwn ? target : targets.find((each) => isLike(there, each));
      said.push(...(its ? [costOf(its, there, setting)] : []), ...vanishing(target, there));
    }
    return said.join(" ");
  },
});

async function tryDelete(client: BigqueryClient, target: Scoped): Promise<void> {
  const { id, ...run } = probeRun();
  const sql = deleteWindow(target);
  const own = ownParameters({ ...run, runId: id, ...run.window, team: run.sourceProjectId });
  await tryQuery(client, { sql, parameters: usedBy(sql, own) });
}

/** A warning where rows of a table vanish. */
function vanishing({ bare, name }: Target, there: TableOf): string[] {
  const expiry = expiryOf(there);
  if (expiry === null) return [];
  return [
    `Warning: rows of ${bare} are dropped after ${days(expiry)}, and runs that export older rows fail. To keep them, ` +
      `ALTER TABLE ${name} SET OPTIONS (partition_expiration_days = NULL).`,
  ];
}
