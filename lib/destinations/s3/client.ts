import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import type { S3Config, S3Secret } from "../../schemas/connection";

export interface S3Connection {
  config: S3Config;
  secret: S3Secret;
}

/**
 * An S3 client for one connection. Its own few retries bridge a hiccup; what lasts longer is retried by the workflow.
 * Timeouts in ms: 5 s to connect, 60 s without a byte.
 */
export function s3Client({ config, secret }: S3Connection): S3Client {
  return new S3Client({
    region: config.region,
    endpoint: config.endpoint ?? undefined,
    forcePathStyle: config.forcePathStyle,
    credentials: { accessKeyId: config.accessKeyId ?? "", secretAccessKey: secret.secretAccessKey ?? "" },
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: 60_000,
      socketAcquisitionWarningTimeout: 60_000,
    }),
  });
}
