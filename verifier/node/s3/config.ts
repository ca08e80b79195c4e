import type { Credentials } from "./sign";

export interface Bucket {
  name: string;
  /** With its last slash, or empty. */
  prefix: string;
  endpoint: string;
  region: string;
  /** Whether the bucket's name is in the path, and not in the host. */
  pathStyle: boolean;
  /** Null asks without a signature, as public buckets allow. */
  credentials: Credentials | null;
}

interface Overrides {
  endpoint?: string | undefined;
  region?: string | undefined;
  pathStyle?: boolean | undefined;
}

type Variables = Record<string, string | undefined>;

function credentialsOf(env: Variables): Credentials | null {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken: token || null } : null;
}

/** What `s3://bucket/prefix` means, with the variables that AWS's own tools use. Throws for another address. */
export function bucketOf(address: string, env: Variables, given: Overrides): Bucket {
  const [, name, path = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(address) ?? [];
  if (!name) throw new Error(`${address} isn't an address like s3://bucket/prefix.`);
  const region = given.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? "us-east-1";
  const endpoint = given.endpoint ?? env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  return {
    name,
    prefix: path === "" || path.endsWith("/") ? path : `${path}/`,
    endpoint: endpoint ?? `https://s3.${region}.amazonaws.com`,
    region,
    // A dot in a bucket's name doesn't match AWS's certificate. Other storages rarely have a host for each bucket.
    pathStyle: given.pathStyle ?? (endpoint !== undefined || name.includes(".")),
    credentials: credentialsOf(env),
  };
}
