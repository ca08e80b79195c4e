import { randomUUID } from "node:crypto";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { ExportError, type Failure } from "../../errors";
import type { VerifyResult, VerifyStep } from "../../schemas/connection";
import { type S3Connection, s3Client } from "./client";
import { s3Failure } from "./errors";

interface Probe {
  client: S3Client;
  object: { Bucket: string; Key: string };
  text: string;
}

interface Step {
  name: string;
  permission: string;
  /** What an export still does without it; such a step never fails a verification for want of its permission. */
  optional?: string;
  /** The storage refuses without saying why, so nothing is claimed of the permission. */
  unsure?: boolean;
  /** Does the step; answers with the sentence that says what was seen. */
  run(probe: Probe): Promise<string>;
}

const KEY = ".penstock/probe-";

const otherBytes: Failure = {
  code: "storage_corrupts",
  message: "The object holds other bytes than were written.",
  fix: "Check what stands between Penstock and the storage: a proxy that changes bodies, or a cache.",
  retryable: false,
};

const steps: readonly Step[] = [
  {
    name: "Reach the bucket",
    permission: "s3:ListBucket",
    optional: "The storage answers, but does not say whether the bucket is there: the next step tells.",
    unsure: true,
    run: async ({ client, object }) => {
      await client.send(new HeadBucketCommand({ Bucket: object.Bucket }));
      return `The bucket ${object.Bucket} answers.`;
    },
  },
  {
    name: "Write an object",
    permission: "s3:PutObject",
    run: async ({ client, object, text }) => {
      await client.send(new PutObjectCommand({ ...object, Body: text }));
      return `Wrote ${object.Key}.`;
    },
  },
  {
    name: "Read it back",
    permission: "s3:GetObject",
    optional: "Exports don't need it: only this check can't compare what was written.",
    run: async ({ client, object, text }) => {
      const { Body } = await client.send(new GetObjectCommand(object));
      if ((await Body?.transformToString()) !== text) throw new ExportError(otherBytes);
      return "The object holds what was written.";
    },
  },
  {
    name: "Write in parts",
    permission: "s3:PutObject",
    run: async ({ client, object, text }) => {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(object));
      const upload = { ...object, UploadId };
      try {
        const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: text }));
        const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
        await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload }));
      } catch (error) {
        await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
        throw error;
      }
      return "Large files can be uploaded in parts.";
    },
  },
  {
    name: "Delete it",
    permission: "s3:DeleteObject",
    optional: "Exports work without it, but files that a changed window no longer has stay in the bucket.",
    run: async ({ client, object }) => {
      await client.send(new DeleteObjectCommand(object));
      return "The probe object is gone.";
    },
  },
];

/** Really uses the bucket: writes a probe object, reads it back, writes it in parts and deletes it, step by step. */
export async function verifyS3(connection: S3Connection): Promise<VerifyResult> {
  const client = s3Client(connection);
  const id = randomUUID();
  const probe = { client, object: { Bucket: connection.config.bucket, Key: KEY + id }, text: `penstock ${id}\n` };
  const results: VerifyStep[] = [];
  try {
    for (const step of steps) {
      const broken = results.some(({ status }) => status === "failed");
      results.push(broken ? skipped(step) : await attempt(step, probe, connection));
    }
    // A step that failed on the way must not leave the probe behind.
    if (results.at(-1)?.status === "skipped") await client.send(new DeleteObjectCommand(probe.object)).catch(() => {});
  } finally {
    client.destroy();
  }
  return { ok: results.every(({ status }) => status !== "failed"), steps: results };
}

const skipped = ({ name }: Step): VerifyStep => ({
  name,
  status: "skipped",
  message: "Not tried, because a step before it failed.",
});

async function attempt(step: Step, probe: Probe, { config }: S3Connection): Promise<VerifyStep> {
  try {
    return { name: step.name, status: "passed", message: await step.run(probe) };
  } catch (error) {
    const { failure } = s3Failure(error, { permission: step.permission, ...config });
    const fix = failure.fix ?? undefined;
    if (step.optional && failure.code === "missing_permission") {
      if (step.unsure) return { name: step.name, status: "skipped", message: step.optional };
      return { name: step.name, status: "skipped", message: `${failure.message} ${step.optional}`, fix };
    }
    return { name: step.name, status: "failed", message: failure.message, fix };
  }
}
