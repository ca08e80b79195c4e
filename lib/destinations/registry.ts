import type { S3Config, S3Secret, VerifyResult } from "../schemas/connection";
import type { S3Destination } from "../schemas/destination";
import type { DestinationType } from "./catalog";
import { s3 } from "./s3";
import type { Connected, DestinationKind, OpenDestination, RunTag } from "./types";

const kinds = { s3 } satisfies { [T in DestinationType]: DestinationKind<S3Config, S3Secret, S3Destination> };

export interface ConnectionSettings extends Connected<S3Config, S3Secret> {
  type: DestinationType;
}

/**
 * Tries every permission that exports through this connection need; `settings` are those exports'. Never throws: what fails
 * is a failed step.
 */
export const verifyConnection = (
  { type, ...connection }: ConnectionSettings,
  settings: S3Destination[],
): Promise<VerifyResult> => kinds[type].verify(connection, settings);

/** Opens a connection for one run. */
export const openDestination = (
  { type, ...connection }: ConnectionSettings,
  settings: S3Destination,
  run: RunTag,
): OpenDestination => kinds[type].open(connection, settings, run);
