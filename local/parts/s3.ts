import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CreateBucketCommand, HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { startChild } from "@/server/process/child";
import { buildGoBinary } from "./go-binary";
import type { Part, PartOptions } from "./part";
import { untilReady } from "./until";

export interface S3Address {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
}

const REGION = "us-east-1";
const BUCKET = "penstock";

/** Starts the local S3 server on loopback, stores objects as files under `<dataDir>/s3`, and creates the bucket. */
export async function startS3(options: PartOptions): Promise<Part<S3Address>> {
  const { dataDir, port, keys, progress } = options;
  const binary = await buildGoBinary({
    part: "S3 server",
    module: "local/s3-server",
    target: "github.com/versity/versitygw/cmd/versitygw",
    name: "versitygw",
    estimate: "about 2 minutes",
    instead: "or set S3_ENDPOINT and the keys to your own S3 server",
    progress,
  });
  const [objects, accounts] = [join(dataDir, "s3"), join(dataDir, "s3-iam")];
  await Promise.all([mkdir(objects, { recursive: true }), mkdir(accounts, { recursive: true })]);
  const child = await startChild({
    name: "The S3 server",
    command: binary,
    // Connections stay open after a response, like Amazon's.
    args: [
      "--port",
      `127.0.0.1:${port}`,
      "--region",
      REGION,
      "--iam-dir",
      accounts,
      "--keep-alive",
      "--quiet",
      "posix",
      objects,
    ],
    // Pass keys in the environment: every user of the machine can read a command line.
    env: {
      PATH: process.env.PATH,
      ROOT_ACCESS_KEY_ID: keys.s3AccessKeyId,
      ROOT_SECRET_ACCESS_KEY: keys.s3SecretAccessKey,
    },
    log: join(options.logDir, "s3.log"),
  });
  const address: S3Address = {
    endpoint: `http://127.0.0.1:${port}`,
    region: REGION,
    accessKeyId: keys.s3AccessKeyId,
    secretAccessKey: keys.s3SecretAccessKey,
    bucket: BUCKET,
  };
  await untilReady(child, 30, () => makeBucket(address));
  return {
    address,
    pid: child.pid,
    ended: child.exited.then(child.explain),
    stop: () => child.stop("SIGTERM"),
  };
}

async function makeBucket(address: S3Address): Promise<void> {
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = address;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== 404) throw error;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } finally {
    client.destroy();
  }
}
