import { setTimeout as pause } from "node:timers/promises";
import type { CreateConnectionInput } from "@/lib/schemas/connection";
import type { CreateExportInput } from "@/lib/schemas/export";
import { HOUR } from "@/lib/units";
import type { Progress } from "@/server/process/progress";
import type { S3Address } from "./parts/s3";
import { type Api, apiClient } from "./run/api";

interface SampleExportOptions {
  /** URL of the running web app. */
  web: string;
  apiKey: string;
  projectId: string;
  s3: S3Address;
  progress: Progress;
}

const HISTORY_HOURS = 24;
const WAIT_MS = 120_000;

/**
 * Creates an hourly export of events to the local bucket with a day of history, through the HTTP API as a user would,
 * and waits for its first completed run. Does nothing if the project already has an export.
 */
export async function makeSampleExport({ web, apiKey, projectId, s3, progress }: SampleExportOptions): Promise<void> {
  const api = apiClient(web, apiKey);
  const existing = await api<{ items: unknown[] }>("GET", `/api/projects/${projectId}/exports`);
  if (existing.items.length > 0) return;
  const connectionId = await connectLocalBucket(api, projectId, s3);
  const made = await api<{ id: string }>("POST", `/api/projects/${projectId}/exports`, exportTo(connectionId));
  const end = Math.floor(Date.now() / HOUR) * HOUR;
  await api("POST", `/api/exports/${made.id}/historic-exports`, {
    start: new Date(end - HISTORY_HOURS * HOUR).toISOString(),
    end: new Date(end).toISOString(),
  });
  progress.say("Sample export", `created, with a historic export of the last ${HISTORY_HOURS} hours`);
  await firstCompletedRun(api, made.id, progress);
}

/** Creates and verifies a connection to the local bucket, which claims the bucket for the project's organization. */
export async function connectLocalBucket(api: Api, projectId: string, s3: S3Address): Promise<string> {
  const { id } = await api<{ id: string }>("POST", `/api/projects/${projectId}/connections`, connectionTo(s3));
  await api("POST", `/api/connections/${id}/verify`);
  return id;
}

async function firstCompletedRun(api: Api, exportId: string, progress: Progress): Promise<void> {
  const deadline = Date.now() + WAIT_MS;
  while (Date.now() < deadline) {
    const runs = await api<{ items: { rows: number | null }[] }>(
      "GET",
      `/api/exports/${exportId}/runs?state=Completed`,
    );
    if (runs.items[0]) {
      progress.say("Sample export", `first run completed: ${runs.items[0].rows?.toLocaleString("en")} rows`);
      return;
    }
    await pause(500);
  }
  progress.say("Sample export", `no run completed within ${WAIT_MS / 1000} s. Its page in the app shows why`);
}

function connectionTo({ bucket, region, endpoint, accessKeyId, secretAccessKey }: S3Address): CreateConnectionInput {
  return {
    type: "s3",
    name: "Local bucket",
    config: { bucket, region, endpoint, forcePathStyle: true, auth: "keys", accessKeyId, secretAccessKey },
  };
}

function exportTo(connectionId: string): CreateExportInput {
  return {
    name: "Events to the local bucket",
    connectionId,
    destination: { type: "s3", prefix: "events/{year}/{month}/{day}/", compression: "gzip" },
    schedule: { every: "hour" },
  };
}
