import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { BigqueryClient } from "./client";
import { failedJob, isRefusal } from "./refusal";

export interface Job {
  jobReference: { jobId: string; location?: string };
  status: { state: string; errorResult?: { reason?: string; message?: string } };
  configuration?: { query?: { query?: string } };
  statistics?: {
    load?: { outputRows?: string; inputFileBytes?: string; badRecords?: string };
    query?: { dmlStats?: DmlStats };
  };
}

/** How many rows a statement changed. BigQuery leaves out what is 0. */
export interface DmlStats {
  insertedRowCount?: string;
  updatedRowCount?: string;
  deletedRowCount?: string;
}

export type ParameterType = "STRING" | "TIMESTAMP" | "INT64";
/** Parameters of a statement by name: type and text. */
export type Parameters = Record<string, [type: ParameterType, value: string]>;

/** A job by its id; null if there is none. */
export async function getJob(client: BigqueryClient, id: string, signal?: AbortSignal): Promise<Job | null> {
  const { location } = client.config;
  try {
    return await client.call<Job>({ method: "GET", path: `/jobs/${id}`, query: { location }, signal });
  } catch (error) {
    if (isRefusal(error, 404)) return null;
    throw error;
  }
}

/** Waits until a job is done. Throws its error if it failed. */
export async function finished(client: BigqueryClient, job: Job, signal?: AbortSignal): Promise<Job> {
  let current: Job | null = job;
  for (let wait = 100; current && current.status.state !== "DONE"; wait = Math.min(wait * 1.5, 5_000)) {
    await pause(wait, undefined, { signal });
    current = await getJob(client, job.jobReference.jobId, signal);
  }
  if (!current) throw failedJob({ reason: "jobInternalError", message: "The job no longer exists." });
  if (current.status.errorResult) throw failedJob(current.status.errorResult);
  return current;
}

/** How long the request to cancel a job may take, in ms. */
const CANCEL_MS = 5_000;

/** Asks BigQuery to cancel a job, if there is one. Best effort. */
export async function cancelJob(client: BigqueryClient, id: string): Promise<void> {
  const { location } = client.config;
  const signal = AbortSignal.timeout(CANCEL_MS);
  await client.call({ method: "POST", path: `/jobs/${id}/cancel`, query: { location }, signal }).catch(() => {});
}

export interface Query {
  sql: string;
  parameters?: Parameters;
  /** Its job's id; random if left out. */
  id?: string;
  signal?: AbortSignal | undefined;
}

const queryOf = ({ sql, parameters = {} }: Query) => ({
  query: sql,
  useLegacySql: false,
  parameterMode: "NAMED",
  queryParameters: Object.entries(parameters).map(([name, [type, value]]) => ({
    name,
    parameterType: { type },
    parameterValue: { value },
  })),
});

/** Runs a statement or a script as a job. If an earlier request made the job already, waits for that one. */
export async function runQuery(client: BigqueryClient, query: Query): Promise<Job> {
  const { projectId, location } = client.config;
  const id = query.id ?? `penstock_${randomUUID()}`;
  const body = { jobReference: { projectId, jobId: id, location }, configuration: { query: queryOf(query) } };
  try {
    const job = await client.call<Job>({ method: "POST", path: "/jobs", body, signal: query.signal });
    return await finished(client, job, query.signal);
  } catch (error) {
    const made = isRefusal(error, 409) ? await getJob(client, id, query.signal) : null;
    if (!made) throw error;
    return finished(client, made, query.signal);
  }
}

/** Checks in a dry run that a statement could run */
export async function tryQuery(client: BigqueryClient, query: Query): Promise<void> {
  const configuration = { dryRun: true, query: queryOf(query) };
  const jobReference = { projectId: client.config.projectId, location: client.config.location };
  const body = { jobReference, configuration };
  const { status } = await client.call<Job>({ method: "POST", path: "/jobs", body });
  if (status.errorResult) throw failedJob(status.errorResult);
}

/** The jobs of a script's statements. Needs no permission: an account may list the jobs that it made. */
export async function childJobs(client: BigqueryClient, parentJobId: string): Promise<Job[]> {
  const found: Job[] = [];
  let pageToken: string | undefined;
  do {
    const query = { parentJobId, projection: "full", maxResults: "1000", ...(pageToken && { pageToken }) };
    const page = await client.call<{ jobs?: Job[]; nextPageToken?: string }>({ method: "GET", path: "/jobs", query });
    found.push(...(page.jobs ?? []));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}

type Cells = (string | null)[];

interface Page {
  rows?: { f: { v: string | null }[] }[];
  pageToken?: string;
}

/** Every row of a query's result. */
export async function askAll(client: BigqueryClient, query: Query): Promise<Cells[]> {
  const { jobReference } = await runQuery(client, query);
  const found: Cells[] = [];
  let pageToken: string | undefined;
  do {
    const page = await client.call<Page>({
      method: "GET",
      path: `/queries/${jobReference.jobId}`,
      query: { location: client.config.location, maxResults: "10000", ...(pageToken && { pageToken }) },
      signal: query.signal,
    });
    for (const { f } of page.rows ?? []) found.push(f.map(({ v }) => v));
    pageToken = page.pageToken;
  } while (pageToken);
  return found;
}

/** The first cell of a query's first row. */
export const askOne = async (client: BigqueryClient, query: Query): Promise<string | null> =>
  (await askAll(client, query))[0]?.[0] ?? null;
