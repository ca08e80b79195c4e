import { BASE_PATH } from "@/lib/base-path";
import type { Addresses } from "../stack";
import type { Keys } from "./keys";

/** The environment of web and worker on these parts. Keys set by the user override generated ones. */
export function stackEnv(
  stack: Addresses,
  webPort: number,
  keys: Keys,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const { clickhouse, temporal, s3 } = stack;
  const reader = clickhouse.reader ?? clickhouse;
  return {
    DATABASE_URL: stack.postgres,
    CLICKHOUSE_URL: clickhouse.url,
    CLICKHOUSE_USERNAME: reader.username,
    CLICKHOUSE_PASSWORD: reader.password,
    CLICKHOUSE_DATABASE: clickhouse.database,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    S3_ENDPOINT: s3.endpoint,
    S3_REGION: s3.region,
    S3_ACCESS_KEY_ID: s3.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
    S3_BUCKET: s3.bucket,
    APP_URL: env.APP_URL || `http://127.0.0.1:${webPort}${BASE_PATH}`,
    // Private hosts that this stack's connections may reach: its S3 server, and its PostgreSQL as a trial warehouse.
    ALLOWED_PRIVATE_HOSTS:
      env.ALLOWED_PRIVATE_HOSTS || `s3=${new URL(s3.endpoint).host},postgres=${new URL(stack.postgres).host}`,
    ENCRYPTION_KEYS: env.ENCRYPTION_KEYS || keys.encryptionKeys,
    // Ctrl-C ends everything within seconds, and the next start continues.
    WORKER_SHUTDOWN_GRACE_SECONDS: env.WORKER_SHUTDOWN_GRACE_SECONDS || "2",
    AUTH_SECRET: env.AUTH_SECRET || keys.authSecret,
  };
}
