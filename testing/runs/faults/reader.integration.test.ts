import { gzipSync } from "node:zlib";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillWindow } from "../events";
import { completeWindow, makeExport, pastHour } from "../exports";
import { openProject, type TestProject } from "../project";
import { changedSince, readWindow, snapshot } from "./reader";
import { uuidsOf } from "./scenario";

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
});
afterAll(() => project.close());

/** A committed window, and how it reads. */
async function committed(n: number) {
  const [window, prefix] = [pastHour(n), `reader-${n}/`];
  await fillWindow(project.sourceProjectId, window, { rows: 4, bytes: 20 });
  const { id: exportId } = await makeExport(project, { destination: { prefix } });
  await completeWindow(project, exportId, window);
  const [file = "", manifest = ""] = await project.bucket.keys(prefix);
  const read = async (strangers: string[] = []) => {
    const uuids = await uuidsOf(project.sourceProjectId, window);
    const expected = { exportId, window, uuids, prefix, strangers: new Set(strangers), leftovers: false };
    return readWindow([project.bucket], expected);
  };
  return { window, prefix, file, manifest, read };
}

const put = (Key: string, Body: string | Buffer) =>
  project.bucket.client.send(new PutObjectCommand({ Bucket: project.bucket.name, Key, Body }));
const remove = (Key: string) =>
  project.bucket.client.send(new DeleteObjectCommand({ Bucket: project.bucket.name, Key }));

describe("the independent reader", () => {
  it("has nothing against a window that is as its receipt says", async () => {
    expect(await (await committed(1)).read()).toEqual([]);
  });

  it("sees other bytes, and rows that are missing, doubled or strange", async () => {
    const { file, read } = await committed(2);
    const [first = ""] = await project.bucket.lines(file);
    const strange = first.replace(/[0-9a-f]{8}-/, "00000000-");
    await put(file, gzipSync(`${[first, first, strange].join("\n")}\n`));
    const problems = (await read()).join("\n");
    for (const what of [
      "another sha256",
      "3 rows, not 4",
      "3 of 4 rows are missing",
      "more than once",
      "not the source's",
    ])
      expect(problems).toContain(what);
  });

  it("sees a file that is gone, one that nobody names, and a window without a manifest", async () => {
    const { prefix, file, manifest, read } = await committed(3);
    await put(`${prefix}more.jsonl.gz`, "more");
    expect(await read()).toEqual([`${prefix}more.jsonl.gz is named by no manifest.`]);
    expect(await read([`${prefix}more.jsonl.gz`])).toEqual([]);
    await remove(file);
    expect((await read()).join("\n")).toContain("is not there");
    await remove(manifest);
    expect((await read()).join("\n")).toContain("No manifest is the ledger's receipt");
  });

  it("sees that a snapshot's objects were changed or removed", async () => {
    const { prefix, file, manifest } = await committed(4);
    const before = await snapshot(project.bucket, prefix);
    await put(manifest, await project.bucket.bytes(manifest));
    await remove(file);
    expect(changedSince(before, await snapshot(project.bucket, prefix)).toSorted()).toEqual([
      `${file}, another's, is gone.`,
      `${manifest}, another's, was changed.`,
    ]);
  });
});
