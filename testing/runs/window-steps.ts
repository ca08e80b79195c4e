import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { micros } from "@/lib/source/time";
import type { Window } from "@/lib/windows";
import type { TestBucket } from "./bucket";
import { commit, makeRun, plan, putFiles } from "./destinations/steps";
import { eventRow, insertEvents } from "./events";
import type { S3Export } from "./exports";
import type { TestProject } from "./project";

/** Helpers for tests that take the steps of runs one by one. */
export const windowSteps = (project: () => TestProject) => ({
  /** Adds rows to a window. */
  fill: (window: Window, count: number) =>
    insertEvents(
      project().sourceProjectId,
      Array.from({ length: count }, (_, index) => eventRow(micros(window.start) + 1000 + index)),
    ),

  /** Plans a run of a window, writes its files, and commits it. Returns its id. */
  complete: async (exported: S3Export, window: Window): Promise<string> => {
    const id = await makeRun(project(), exported, window);
    await plan(id);
    await putFiles(id);
    await commit(id);
    return id;
  },

  receiptOf: (id: string) => getReceipt(project().actor, { id }),
  logOf: async (id: string) => (await listRunLogs(project().actor, { id, limit: 200 })).items,
});

/** Every object under a prefix with its ETag and metadata. */
export const etags = async (bucket: TestBucket, prefix: string) =>
  Promise.all(
    (await bucket.keys(prefix)).map(async (Key) => {
      const { ETag, Metadata } = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
      return { Key, ETag, Metadata };
    }),
  );

/** A step's final failure. */
export const failing = (code: string) => ({ failure: { code, retryable: false } });
