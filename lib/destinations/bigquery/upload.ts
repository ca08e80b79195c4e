import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { MIB } from "../../units";
import { chunksOf } from "./chunks";
import { type BigqueryClient, endpointOf, mayPass } from "./client";
import type { HttpAnswer } from "./http";
import { getJob, type Job } from "./jobs";
import { Refusal, refusalOf } from "./refusal";

/** Bytes per chunk: a multiple of 256 KiB, as resumable uploads require. */
const CHUNK = 8 * MIB;
/** Backoff before each retry of a chunk, in ms. */
const WAITS = [500, 2_000, 5_000, 15_000];
const RESUME = 308;

export interface Upload {
  jobId: string;
  load: object;
  body: Readable;
  signal: AbortSignal;
}

/** The result of an upload: its job, and the file's size in bytes. */
export interface Uploaded {
  job: Job;
  bytes: number;
}

/**
 * Uploads a stream as the file of a load job. Resends a chunk whose answer was lost, from where the session says that
 * it arrived. If a job with this id exists already, returns that one.
 */
export async function uploadJob(client: BigqueryClient, { jobId, load, body, signal }: Upload): Promise<Uploaded> {
  const session = await openSession(client, jobId, load, signal);
  let offset = 0;
  let job: Job | null = null;
  for await (const { data, isLast } of chunksOf(body, CHUNK)) {
    const answer = session && (await sendChunk(client, session, { data, offset, isLast, signal }));
    job = answer && isLast ? await made(client, jobId, answer, signal) : null;
    offset += data.length;
  }
  job ??= await getJob(client, jobId, signal);
  if (!job) throw new Refusal(0, "internalError", "The upload ended without a job.");
  return { job, bytes: offset };
}

/** Null if the job exists already: the caller still reads the file to its end, so that it is measured. */
async function openSession(client: BigqueryClient, jobId: string, load: object, signal: AbortSignal) {
  const { projectId, location } = client.config;
  const url = `${endpointOf(client.config)}/upload/bigquery/v2/projects/${projectId}/jobs?uploadType=resumable`;
  const body = JSON.stringify({ jobReference: { projectId, jobId, location }, configuration: { load } });
  const headers = { "x-upload-content-type": "application/octet-stream" };
  const answer = await retried(signal, async () => {
    const got = await client.send(url, { method: "POST", headers, body, idleMs: 120_000, signal });
    if (got.status === 409) return null;
    if (got.status !== 200) throw refusalOf(got.status, got.text);
    return got;
  });
  if (!answer) return null;
  const { location: session } = answer.headers;
  if (!session) throw new Refusal(0, "internalError", "The upload has no address.");
  return new URL(session, url).href;
}

interface Sending {
  data: Buffer;
  offset: number;
  isLast: boolean;
  signal: AbortSignal;
}

/** Sends a chunk until all of it has arrived. Returns the last answer. */
async function sendChunk(client: BigqueryClient, session: string, sending: Sending): Promise<HttpAnswer> {
  const { data, offset, isLast, signal } = sending;
  const end = offset + data.length;
  const total = isLast ? String(end) : "*";
  let from = offset;
  let isLost = false;
  return retried(signal, async () => {
    try {
      if (isLost) {
        const status = await put(client, session, `bytes */${total}`, Buffer.alloc(0), signal);
        if (status.status !== RESUME) return status;
        from = arrived(status, offset);
        if (from === end && !isLast) return status;
      }
      for (;;) {
        const range = `bytes ${from}-${end - 1}/${total}`;
        const answer = await put(client, session, range, data.subarray(from - offset), signal);
        if (answer.status !== RESUME) return answer;
        const next = arrived(answer, offset);
        if (next === end && !isLast) return answer;
        if (next <= from) throw new Refusal(0, "backendError", "The upload isn't making progress.");
        from = next;
      }
    } catch (error) {
      isLost = true;
      throw error;
    }
  });
}

async function put(client: BigqueryClient, session: string, range: string, body: Buffer, signal: AbortSignal) {
  const headers = { "content-range": range, "content-type": "application/octet-stream" };
  const answer = await client.send(session, { method: "PUT", headers, body, idleMs: 300_000, signal });
  const isFine = answer.status === RESUME || answer.status === 200 || answer.status === 201 || answer.status === 409;
  if (isFine) return answer;
  // A lost session is not the fault of the request.
  if (answer.status === 404 || answer.status === 410)
    throw new Refusal(0, "backendError", "The upload no longer exists.");
  throw refusalOf(answer.status, answer.text);
}

/** The next byte's offset, from the range that has arrived: "bytes=0-8388607", or none. */
function arrived({ headers }: HttpAnswer, offset: number): number {
  const next = Number(/-(\d+)$/.exec(String(headers.range ?? ""))?.[1] ?? -1) + 1;
  if (next < offset) throw new Refusal(0, "internalError", "The upload lost bytes that had arrived.");
  return next;
}

/** The job that the last chunk made, or the existing one. A stand-in may use other ids: then the one it reports. */
async function made(client: BigqueryClient, jobId: string, { status, text }: HttpAnswer, signal: AbortSignal) {
  return status === 409 ? getJob(client, jobId, signal) : (JSON.parse(text) as Job);
}

async function retried<T>(signal: AbortSignal, send: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const wait = WAITS[attempt];
      if (wait === undefined || !mayPass(error, signal)) throw error;
      await pause(wait * (0.5 + Math.random()), undefined, { signal });
    }
  }
}
