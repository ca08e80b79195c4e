import { ExportError } from "../../errors";
import type { RunTag } from "../types";
import type { PutFile, Stored } from "../upload-types";
import type { BigqueryClient } from "./client";
import { finished, getJob, type Job } from "./jobs";
import { Refusal } from "./refusal";
import { keepExpiring, makeStage, partOf, stageName, stageSchema } from "./stages";
import { uploadJob } from "./upload";

/** More attempts at one file than any run makes. */
const MOST = 100;

/** Loads one file into its own stage, replacing what earlier attempts loaded. */
export async function loadFile(
  client: BigqueryClient,
  run: RunTag,
  { key, table, body }: PutFile,
  signal: AbortSignal,
): Promise<Stored> {
  const { projectId, dataset: datasetId } = client.config;
  const stage = stageName(run, key);
  await makeStage(client, run, stage, table, signal);
  const jobId = await unusedId(client, `penstock_${run.id}_${partOf(key)}`, signal);
  const load = {
    destinationTable: { projectId, datasetId, tableId: stage },
    schema: stageSchema(table),
    sourceFormat: "PARQUET",
    createDisposition: "CREATE_NEVER",
    writeDisposition: "WRITE_TRUNCATE",
    maxBadRecords: 0,
  };
  const { job, bytes } = await uploadJob(client, { jobId, load, body, signal });
  const done = await finished(client, job, signal);
  checkSame(done, bytes);
  await keepExpiring(client, stage, signal);
  return {
    etag: `${done.statistics?.load?.outputRows ?? "?"} rows by job ${done.jobReference.jobId}`,
    encryption: null,
  };
}

/**
 * An id that no attempt at this file has used. Waits for an earlier attempt's job first: if it ended last, it would
 * replace this attempt's rows.
 */
async function unusedId(client: BigqueryClient, prefix: string, signal: AbortSignal): Promise<string> {
  for (let attempt = 0; attempt < MOST; attempt++) {
    const id = `${prefix}_${attempt}`;
    const job = await getJob(client, id, signal);
    if (!job) return id;
    await finished(client, job, signal).catch((error) => {
      if (!(error instanceof Refusal)) throw error;
    });
  }
  throw new ExportError({
    code: "too_many_tries",
    message: "This file was already loaded too many times.",
    fix: "Start a new run of the window.",
    retryable: false,
  });
}

/** Two concurrent attempts may take one id: then the existing job must have read as many bytes. */
function checkSame({ statistics }: Job, bytes: number): void {
  const loaded = statistics?.load?.inputFileBytes;
  if (loaded === undefined || Number(loaded) === bytes) return;
  throw new ExportError({
    code: "warehouse_busy",
    message: "Another attempt at this file finished first.",
    fix: null,
    retryable: true,
  });
}
