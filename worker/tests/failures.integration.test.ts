import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getReceipt } from "@/lib/services/runs/get-receipt";
import { listRunLogs } from "@/lib/services/runs/list-logs";
import { fillWindow } from "@/testing/runs/events";
import { connect, makeExport, pastHour, runWhen, startWindow } from "@/testing/runs/exports";
import { openProject, type TestProject } from "@/testing/runs/project";
import { allow, makeUser } from "@/testing/runs/s3-users";

let project: TestProject;
const window = pastHour(1);
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, window, { rows: 10, bytes: 100 });
});
afterAll(() => project.close());

/** Runs the window through its own connection until it has Failed. */
async function failedRun(config: Parameters<typeof connect>[1]) {
  const { id: connectionId } = await connect(project, config);
  const exported = await makeExport(project, { connectionId });
  const id = await startWindow(project, exported.id, window);
  return runWhen(project, id, ({ state }) => state === "Failed");
}

describe("a run fails at once, and says what to do,", () => {
  it("with a wrong secret", async () => {
    const secretAccessKey = "not-the-secret-of-this-key";
    const run = await failedRun({ secretAccessKey });
    expect(run).toMatchObject({ attempt: 1, error: { code: "bad_credentials", retryable: false } });
    expect(run.error?.fix).toMatch(/secret access key/);
    expect(run.finishedAt).not.toBeNull();
    await expect(getReceipt(project.actor, { id: run.id })).rejects.toMatchObject({ code: "no_receipt" });
    const { items } = await listRunLogs(project.actor, { id: run.id, limit: 100 });
    expect(items.at(-1)).toMatchObject({ level: "error", message: expect.stringContaining(run.error?.fix ?? "?") });
    expect(JSON.stringify([run, items])).not.toContain(secretAccessKey);
    expect(await project.bucket.keys()).toEqual([]);
  });

  it("with a bucket that does not exist", async () => {
    const run = await failedRun({ bucket: `${project.bucket.name}-gone` });
    expect(run).toMatchObject({ attempt: 1, error: { code: "missing_bucket", retryable: false } });
    expect(run.error?.fix).toMatch(/Create the bucket/);
  });

  it("with credentials that may not write", async () => {
    const user = await makeUser();
    await allow(project.bucket, user, ["s3:GetObject"]);
    const run = await failedRun(user);
    expect(run).toMatchObject({ attempt: 1, error: { code: "missing_permission", retryable: false } });
    expect(run.error?.message).toContain("s3:PutObject");
    expect(run.error?.fix).toContain(`s3:PutObject on arn:aws:s3:::${project.bucket.name}/*`);
  });
});
