import { TestBucket } from "../bucket";
import { fillWindow } from "../events";
import { completeWindow, connect, makeExport, pastHour } from "../exports";
import { openProject } from "../project";
import { allowAll, makeUser } from "../s3-users";
import { changedSince, type Problems, snapshot } from "./reader";
import type { S3World } from "./s3-cell";

const NEIGHBOR = "neighbor/";
const ALLOWED = ["s3:ListBucket", "s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload"];

interface OpenWorld extends S3World {
  /** An hour that no other cell has. */
  nextHour(): number;
  /** What has changed in the files of the exports outside the cells, one in each bucket. */
  changed(): Promise<Problems>;
  close(): Promise<void>;
}

/** A project with two buckets, each with an export whose files nothing has a reason to touch. */
export async function openS3World(): Promise<OpenWorld> {
  const [project, other, user] = [await openProject(), await TestBucket.make(), await makeUser()];
  const buckets = [project.bucket, other];
  for (const bucket of buckets) await allowAll(bucket, [user], ALLOWED);
  await fillWindow(project.sourceProjectId, pastHour(0), { rows: 5, bytes: 20 });
  for (const { name: bucket } of buckets) {
    const { id: connectionId } = await connect(project, { bucket });
    const { id } = await makeExport(project, { connectionId, destination: { prefix: NEIGHBOR } });
    await completeWindow(project, id, pastHour(0));
  }
  const neighbors = () => Promise.all(buckets.map((bucket) => snapshot(bucket, NEIGHBOR)));
  const before = await neighbors();
  let hour = 0;
  return {
    project,
    other,
    user,
    nextHour: () => {
      hour += 1;
      return hour;
    },
    changed: async () => {
      const after = await neighbors();
      const few = before.filter(({ size }) => size < 2).map(() => "A neighbor has not written its files.");
      return [...few, ...before.flatMap((was, at) => changedSince(was, after[at]!))];
    },
    close: async () => {
      await other.remove();
      await project.close();
    },
  };
}
