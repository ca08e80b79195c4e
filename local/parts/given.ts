import type { Addresses } from "../stack";

/** The parts whose address the environment sets; used as they are. Throws if one is incomplete. */
export function givenParts(env: NodeJS.ProcessEnv): Partial<Addresses> {
  const given: Partial<Addresses> = {};
  if (env.DATABASE_URL) given.postgres = env.DATABASE_URL;
  if (env.CLICKHOUSE_URL) {
    given.clickhouse = {
      url: env.CLICKHOUSE_URL,
      database: env.CLICKHOUSE_DATABASE || "default",
      username: env.CLICKHOUSE_USERNAME || "default",
      password: env.CLICKHOUSE_PASSWORD ?? "",
    };
  }
  if (env.TEMPORAL_ADDRESS) {
    given.temporal = { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE || "default" };
  }
  if (env.S3_ENDPOINT) {
    given.s3 = {
      endpoint: env.S3_ENDPOINT,
      region: env.S3_REGION || "us-east-1",
      accessKeyId: needed(env, "S3_ACCESS_KEY_ID"),
      secretAccessKey: needed(env, "S3_SECRET_ACCESS_KEY"),
      bucket: needed(env, "S3_BUCKET"),
    };
  }
  return given;
}

function needed(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`S3_ENDPOINT is set, so ${name} must be set too.`);
  return value;
}
