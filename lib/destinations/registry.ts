import type { S3Config, S3Secret, VerifyResult } from "../schemas/connection";
import type { S3Destination } from "../schemas/destination";
import type { DestinationType } from "./catalog";
import { s3 } from "./s3";
import type { DestinationKind, OpenDestination, RunTag } from "./types";

const kinds = { s3 } satisfies { [T in DestinationType]: DestinationKind<S3Config, S3Secret, S3Destination> };

export interface ConnectionSettings {
  type: DestinationType;
  config: S3Config;
  secret: S3Secret;
}

/** Tries every permission that exports through this connection need. Never throws: what fails is a failed step. */
export const verifyConnection = ({ type, config, secret }: ConnectionSettings): Promise<VerifyResult> =>
  kinds[type].verify({ config, secret });

/** Opens a connection for one run. */
export const openDestination = (
  { type, config, secret }: ConnectionSettings,
  settings: S3Destination,
  run: RunTag,
): OpenDestination => kinds[type].open({ config, secret }, settings, run);
