import { ExportError } from "../../errors";
import type { OpenDestination } from "../types";
import { COMMITS } from "../warehouse/fence";
import { nobodys, probeFile } from "../warehouse/probe";
import { addressStep, type WarehouseStep } from "../warehouse/verify";
import { type BigqueryClient, endpointOf } from "./client";
import { runQuery, tryQuery } from "./jobs";
import type { BigqueryConfig, BigquerySettings } from "./schema";
import { datasetGrant, projectGrant } from "./script";
import { getTable } from "./tables";
import { missingColumns, targetOf } from "./targets";

const TABLE = "merged_ids";
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
      return `${client.tokens.email} may run jobs in ${client.config.projectId}.`;
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
  const found = await client.call<{ location?: string }>({ method: "GET", path: `/datasets/${dataset}` });
  if (found.location && found.location.toLowerCase() !== location.toLowerCase())
    throw otherLocation(client.config, found.location);
  return `The dataset ${dataset} is there, in ${found.location ?? location}.`;
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
        return `A table can be made in ${client.config.dataset}.`;
      },
    },
    {
      name: "Load",
      needs: ["Create table"],
      statement,
      run: async () => {
        const file = { key: KEY, table: TABLE, body: probeFile(), contentType: "application/vnd.apache.parquet" };
        await probe.putFile(file, AbortSignal.timeout(120_000));
        return "A Parquet file can be loaded into a staging table.";
      },
    },
    {
      name: "Commit",
      needs: ["Load"],
      statement,
      run: async () => {
        const files = [{ key: KEY, table: TABLE, rows: 1 }];
        const { tables } = await probe.commit({ files, tables: [TABLE], manifest: null });
        return `A window can be replaced in one transaction: the table holds ${tables[0]?.rows} row.`;
      },
    },
    {
      name: "Delete",
      needs: ["Create table"],
      statement,
      run: async () => {
        await dropped();
        return `The probe is removed, except for the table ${COMMITS}, which records commits.`;
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
    for (const target of isOwn ? targets : targets.slice(0, 1)) {
      const there = await getTable(client, target.bare);
      if (!there) continue;
      // A fixed name may be that of any of the three tables.
      if (isOwn) missingColumns(setting, target, there);
      await tryQuery(client, `DELETE FROM ${target.name} WHERE false`);
    }
    return "Existing tables can be read and changed.";
  },
});
