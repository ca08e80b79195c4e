import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDb } from "@/lib/db/client";
import type { RunFileRow } from "@/lib/db/rows";
import { runFiles } from "@/lib/db/schema";
import type { UploadedPart } from "@/lib/destinations/upload-types";
import { makeRun, plan } from "@/testing/runs/destinations/steps";
import { fillWindow } from "@/testing/runs/events";
import { makeExport, pastHour } from "@/testing/runs/exports";
import { uploadsOf } from "@/testing/runs/interrupted";
import { openProject, type TestProject } from "@/testing/runs/project";
import { giveUp, giveUpOthers, type NewUpload, recordParts, takeUpload } from "@/worker/steps/files/uploads";

const FORM = { bytes: 5, checksums: true };

let project: TestProject;
beforeAll(async () => {
  project = await openProject();
  await fillWindow(project.sourceProjectId, pastHour(1), { rows: 3, bytes: 20 });
});
afterAll(() => project.close());

const part = (number: number): UploadedPart => ({ number, etag: `e${number}`, crc32: null, sha256: `s${number}` });

/** A file that an attempt is at. */
async function begun() {
  const exported = await makeExport(project);
  const runId = await makeRun(project, exported, pastHour(1));
  await plan(runId);
  const at = async (attempt: number, sentAt: Date | null = null) => {
    const [file] = await getDb()
      .update(runFiles)
      .set({ state: "Running", attempt, sentAt })
      .where(eq(runFiles.runId, runId))
      .returning();
    return file!;
  };
  return { runId, at, file: await at(1) };
}

const uploadOf = ({ runId, planVersion, index, key, attempt }: RunFileRow): NewUpload => ({
  ...{ id: randomUUID(), runId, planVersion, index, key, attempt },
  ...{ uploadId: "u", mark: "m", encryption: null, partBytes: FORM.bytes, checksums: FORM.checksums },
});

describe("an upload in the ledger", () => {
  it("goes with its parts to the next attempt, and takes none from an earlier one", async () => {
    const { file, at } = await begun();
    const upload = uploadOf(file);
    expect(await recordParts(getDb(), upload, [part(1), part(3)])).toBe(true);
    expect(await recordParts(getDb(), upload, [part(2)])).toBe(true);
    const next = await at(2);
    const taken = await takeUpload(getDb(), next, FORM, 2);
    expect(taken?.upload).toMatchObject({ id: upload.id, attempt: 2, uploadId: "u", mark: "m" });
    expect(taken?.parts.map(({ number, sha256 }) => [number, sha256])).toEqual([
      [1, "s1"],
      [2, "s2"],
      [3, "s3"],
    ]);
    expect(await recordParts(getDb(), upload, [part(4)])).toBe(false);
    expect(await giveUp(getDb(), upload)).toBe(false);
    expect(await takeUpload(getDb(), file, FORM, 1)).toBeNull();
    expect(await giveUp(getDb(), taken!.upload)).toBe(true);
    expect(await takeUpload(getDb(), next, FORM, 2)).toBeNull();
    expect(await giveUpOthers(getDb(), next, 2, undefined)).toMatchObject([{ id: upload.id }]);
  });

  it("is recorded only by the attempt that is at the file", async () => {
    const { runId, file, at } = await begun();
    await at(2);
    expect(await recordParts(getDb(), uploadOf(file), [part(1)])).toBe(false);
    expect(await uploadsOf(runId)).toEqual([]);
  });

  it.each([
    ["its object may have been sent", { sentAt: new Date() }, FORM],
    ["parts have another size now", {}, { ...FORM, bytes: 6 }],
    ["parts carry no checksums now", {}, { ...FORM, checksums: false }],
  ])("is not continued if %s", async (_, { sentAt = null }: { sentAt?: Date | null }, form) => {
    const { file, at } = await begun();
    const upload = uploadOf(file);
    expect(await recordParts(getDb(), upload, [part(1)])).toBe(true);
    const next = await at(2, sentAt);
    expect(await takeUpload(getDb(), next, form, 2)).toBeNull();
    expect(await giveUpOthers(getDb(), next, 2, undefined)).toMatchObject([{ id: upload.id }]);
  });
});
