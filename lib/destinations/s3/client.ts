import { S3Client } from "@aws-sdk/client-s3";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { ExportError } from "../../errors";
import { guardedAgents } from "../../net/agents";
import { MINUTE } from "../../units";
import type { Connected } from "../types";
import { assumeRole } from "./assume";
import { checksumConfig, sendsChecksums } from "./checksums";
import { type Credentials, NO_PRINCIPAL, principal } from "./principal";
import type { S3Config, S3Secret } from "./schema";
import { isPrivateLine, leaveBodiesUnsigned } from "./unsigned";

/** Requests without a large body that are on their way at once. */
export const SMALL_REQUESTS = 8;

export type S3Connection = Connected<S3Config, S3Secret>;

/**
 * An S3 client for one connection, which connects to nothing that the guard of addresses refuses. `session` names it in the
 * log of a role. Its own few retries bridge a hiccup; what lasts longer is retried by the workflow. Timeouts in ms: 5 s to
 * connect, 60 s without a byte.
 */
export function s3Client(connection: S3Connection, session: string): S3Client {
  const { config } = connection;
  const checksums = sendsChecksums(connection);
  const client = new S3Client({
    region: config.region,
    endpoint: config.endpoint ?? undefined,
    forcePathStyle: config.forcePathStyle,
    credentials: credentialsOf(connection, session),
    maxAttempts: 3,
    ...checksumConfig(checksums),
    // A redirect to another region could lead anywhere: it is an error that says so.
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
  // Without a checksum the signature is all that covers a body.
  if (checksums && isPrivateLine(config.endpoint)) leaveBodiesUnsigned(client);
  return client;
}

/** A role's credentials are asked for when they are needed; the SDK asks anew five minutes before they end. */
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
