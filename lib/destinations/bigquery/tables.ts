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
}

const pathOf = ({ config }: BigqueryClient, table = "") => `/datasets/${config.dataset}/tables${table && `/${table}`}`;

/** A table as it is now; null where there is none. */
export async function getTable(client: BigqueryClient, table: string, signal?: AbortSignal): Promise<TableOf | null> {
  try {
    return await client.call<TableOf>({ method: "GET", path: pathOf(client, table), signal });
  } catch (error) {
    // A dataset that is missing is told by what is made in it.
    if (isRefusal(error, 404)) return null;
    throw error;
  }
}

/** Makes a table; one that is there already stays as it is. */
export async function createTable(client: BigqueryClient, tableId: string, shape: object, signal?: AbortSignal) {
  const { projectId, dataset: datasetId } = client.config;
  const body = { tableReference: { projectId, datasetId, tableId }, ...shape };
  try {
    await client.call({ method: "POST", path: pathOf(client), body, signal });
  } catch (error) {
    if (!isRefusal(error, 409)) throw error;
  }
}

/** Changes what a table says of itself. */
export async function patchTable(client: BigqueryClient, table: string, change: object, signal?: AbortSignal) {
  await client.call({ method: "PATCH", path: pathOf(client, table), body: change, signal });
}

/** Removes a table; one that is gone already is fine. */
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

/** Names of the dataset's tables that begin so. */
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
