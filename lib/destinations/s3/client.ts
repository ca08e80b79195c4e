import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { ExportError } from "../../errors";
import { guardedAgents } from "../../net/agents";
import { MINUTE } from "../../units";
import type { Connected } from "../types";
import { assumeRole } from "./assume";
import { checksumConfig, sendsChecksums } from "./checksums";
import { type Credentials, NO_PRINCIPAL, principal } from "./principal";
import { sendOptions } from "./request-options";
import type { S3Secret, StoredS3Config } from "./schema";
import { isPrivateLine, leaveBodiesUnsigned } from "./unsigned";

/** Maximum number of concurrent requests without a large body. */
export const SMALL_REQUESTS = 8;

export type S3Connection = Connected<StoredS3Config, S3Secret>;

/**
 * An S3 client for one connection, which connects only to addresses that the guard allows. `session` names it in a
 * role's log. Its few retries bridge a hiccup; the workflow retries longer failures. Timeouts: 5 s to connect, 60 s
 * without a byte.
 */
export function s3Client(connection: S3Connection, session: string): S3Client {
  const { config } = connection;
  const checksums = sendsChecksums(connection);
  const client = new S3Client({
    region: config.region,
    ...(config.endpoint !== null && { endpoint: config.endpoint }),
    forcePathStyle: config.forcePathStyle,
    credentials: credentialsOf(connection, session),
    maxAttempts: 3,
    ...checksumConfig(checksums),
    // A redirect to another region could lead anywhere: it is reported as an error.
    followRegionRedirects: false,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 5_000,
      requestTimeout: MINUTE,
      socketAcquisitionWarningTimeout: MINUTE,
      ...guardedAgents(
        { keepAlive: true, maxSockets: 50 },
        { purpose: "s3", organizationId: connection.organizationId },
      ),
    }),
  });
  keepSigners(client);
  sendOptions(client, config);
  // Without a checksum, only the signature covers a body.
  if (checksums && isPrivateLine(config.endpoint)) leaveBodiesUnsigned(client);
  return client;
}

/** The SDK makes a signer per request from a copy of all its settings; this keeps one per region and service. */
function keepSigners({ config }: S3Client): void {
  const make = config.signer;
  const made = new Map<string, ReturnType<typeof make>>();
  config.signer = (scheme) => {
    const of = JSON.stringify([scheme?.name, scheme?.signingRegion, scheme?.signingName]);
    const signer = made.get(of) ?? make(scheme);
    made.set(of, signer);
    signer.catch(() => made.delete(of));
    return signer;
  };
}

/** A role's credentials are requested on demand; the SDK renews them five minutes before they expire. */
function credentialsOf({ config, secret, externalId }: S3Connection, session: string): Credentials {
  const { auth, region, roleArn } = config;
  if (auth === "keys") return { accessKeyId: config.accessKeyId ?? "", secretAccessKey: secret.secretAccessKey ?? "" };
  if (auth === "role") return () => assumeRole({ roleArn: roleArn ?? "", region, externalId, session });
  return principal()?.credentials ?? (() => Promise.reject(noPrincipal()));
}

const noPrincipal = () =>
  new ExportError({
    code: "no_principal",
    message: `Writing by bucket policy ${NO_PRINCIPAL}.`,
    fix: "Then verify the connection again.",
    retryable: false,
  });
