import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import { runs } from "@/lib/db/schema";
import { getEnv } from "@/lib/env";
import { createHistoricExport } from "@/lib/services/historic-exports/create";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { getTemporal } from "@/lib/temporal/client";
import { storage } from "@/testing/runs/bucket";
import { fillWindow } from "@/testing/runs/events";
import { completeWindow, connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { eachPayload, rawHistory } from "@/testing/runs/histories";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser, type S3User } from "@/testing/runs/s3-users";
import { until } from "@/testing/runs/until";

let project: TestProject;
let user: S3User;
/** Runs that complete, runs without a permission, and a historic export: every way something could leak. */
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 10, bytes: 100 });
  const exported = await makeExport(project);
  await completeWindow(project, exported.id, pastHour(1));
  user = await makeUser();
  await allow(project.bucket, user, ["s3:GetObject"]);
  const forbidden = await makeExport(project, { connectionId: (await connect(project, user)).id });
  const failed = await startWindow(project, forbidden.id, pastHour(1));
  await runWhen(project, failed, ({ state }) => state === "Failed");
  const [start, end] = [pastHour(2).start.toISOString(), pastHour(1).end.toISOString()];
  const { id } = await createHistoricExport(project.actor, { exportId: exported.id, start, end });
  await until("the historic export had completed", async () => {
    return (await getHistoricExport(project.actor, { id })).state === "Completed";
  });
});
afterAll(() => project.close());

/** At most this many workflows are read, newest first. */
const MOST = 150;

async function histories() {
  const found: Awaited<ReturnType<typeof rawHistory>>[] = [];
  for await (const { workflowId, runId } of getTemporal().workflow.list()) {
    if (found.length === MOST) break;
    found.push(await rawHistory(workflowId, runId));
  }
  return found;
}

const typeOf = ({ events }: Awaited<ReturnType<typeof rawHistory>>) =>
  events?.[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name;

/** Temporal writes this for an activity canceled before a worker has taken it. */
const NOT_STARTED = '"ACTIVITY_ID_NOT_STARTED"';

describe("what Temporal keeps", () => {
  it("is encrypted, every payload of every workflow, and names neither a bucket nor a secret", async () => {
    const all = await histories();
    let encrypted = 0;
    const open: string[] = [];
    for (const history of all)
      for (const event of history.events ?? [])
        await eachPayload(event, (payload) => {
          const encoding = Buffer.from(payload.metadata?.encoding ?? []).toString();
          const data = Buffer.from(payload.data ?? []).toString();
          if (encoding === "binary/encrypted") encrypted += 1;
          else if (data !== NOT_STARTED)
            open.push(`${typeOf(history)}, event type ${event.eventType}: ${encoding} ${data}`);
          return payload;
        });
    expect(open).toEqual([]);
    expect(encrypted).toBeGreaterThan(20);

    const types = all.map(typeOf);
    expect(types).toEqual(expect.arrayContaining(["s3-export", "historic-export"]));
    const text = all.map((history) => everyText(history)).join("\n");
    // The failure appears, by its code.
    expect(text).toContain("missing_permission");
    for (const secret of [project.bucket.name, storage().secretAccessKey, user.accessKeyId, user.secretAccessKey])
      expect(text.includes(secret), "a bucket's name or a secret lies open").toBe(false);
  });
});

describe("a workflow whose input somebody else wrote", () => {
  it("does not run: what Penstock wasn't encrypted is refused", async () => {
    const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_TASK_QUEUE: taskQueue } = getEnv();
    const connection = await Connection.connect({ address });
    try {
      const exported = await makeExport(project);
      const workflowId = `plain-${randomUUID()}`;
      const theirs = new Client({ connection, namespace });
      const handle = await theirs.workflow.start("s3-export", {
        taskQueue,
        workflowId,
        args: [{ exportId: exported.id }],
      });
      await until("its first task had failed", async () => {
        const { events } = await rawHistory(workflowId, handle.firstExecutionRunId);
        return events?.some(({ workflowTaskFailedEventAttributes: failed }) =>
          failed?.failure?.message?.includes("wasn't encrypted"),
        );
      });
      await handle.terminate();
      expect(await getDb().$count(runs, eq(runs.exportId, exported.id))).toBe(0);
    } finally {
      await connection.close();
    }
  });
});

/** Every string and byte of a message, as text. */
function everyText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("latin1");
  if (typeof value !== "object" || value === null) return "";
  return Object.values(value).map(everyText).join("\n");
}
