import type { BigqueryClient } from "./client";
import { isRefusal } from "./refusal";

export interface FieldOf {
  name: string;
  type: string;
  mode?: string;
}

export interface TableOf {
  schema?: { fields?: FieldOf[] };
  numRows?: string;
  /** Without what is in the streaming buffer. */
  numBytes?: string;
  timePartitioning?: { type?: string; field?: string; expirationMs?: string; requirePartitionFilter?: boolean };
  rangePartitioning?: { field: string };
  clustering?: { fields?: string[] };
  requirePartitionFilter?: boolean;
}

const pathOf = ({ config }: BigqueryClient, table = "") => `/datasets/${config.dataset}/tables${table && `/${table}`}`;

/** A table's current state; null if there is none. */
export async function getTable(client: BigqueryClient, table: string, signal?: AbortSignal): Promise<TableOf | null> {
  try {
    return await client.call<TableOf>({ method: "GET", path: pathOf(client, table), signal });
  } catch (error) {
    // A missing dataset surfaces when something is created in it.
    if (isRefusal(error, 404)) return null;
    throw error;
  }
}

export interface DatasetOf {
  location?: string;
  defaultPartitionExpirationMs?: string;
}

export const getDataset = (client: BigqueryClient): Promise<DatasetOf> =>
  client.call<DatasetOf>({ method: "GET", path: `/datasets/${client.config.dataset}` });

/** Whether there provably is no dataset, in any location. */
export const isDatasetGone = (client: BigqueryClient): Promise<boolean> =>
  getDataset(client).then(
    () => false,
    (error) => isRefusal(error, 404),
  );

/** Creates a table; an existing one stays as it is. */
export async function createTable(client: BigqueryClient, tableId: string, shape: object, signal?: AbortSignal) {
  const { projectId, dataset: datasetId } = client.config;
  const body = { tableReference: { projectId, datasetId, tableId }, ...shape };
  try {
    await client.call({ method: "POST", path: pathOf(client), body, signal });
  } catch (error) {
    if (!isRefusal(error, 409)) throw error;
  }
}

/** Changes a table's metadata. */
export async function patchTable(client: BigqueryClient, table: string, change: object, signal?: AbortSignal) {
  await client.call({ method: "PATCH", path: pathOf(client, table), body: change, signal });
}

/** Deletes a table; a missing one is fine. */
export async function deleteTable(client: BigqueryClient, table: string): Promise<void> {
  try {
    await client.call({ method: "DELETE", path: pathOf(client, table) });
  } catch (error) {
    if (!isRefusal(error, 404)) throw error;
  }
}

interface Page {
  tables?: { tableReference: { tableId: string } }[];
  nextPageToken?: string;
}

/** Names of the dataset's tables with this prefix. */
export async function listTables(client: BigqueryClient, prefix: string): Promise<string[]> {
  const found: string[] = [];
  let pageToken: string | undefined;
  do {
    const query = { maxResults: "1000", ...(pageToken && { pageToken }) };
    const page: Page = await client.call<Page>({ method: "GET", path: pathOf(client), query });
    const names = (page.tables ?? []).map(({ tableReference }) => tableReference.tableId);
    found.push(...names.filter((name) => name.startsWith(prefix)));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}
