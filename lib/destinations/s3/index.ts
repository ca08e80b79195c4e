import type { DestinationKind } from "../types";
import { openMarkers } from "./marker";
import { mergeS3 } from "./merge";
import { openS3 } from "./open";
import { NO_PRINCIPAL, principal } from "./principal";
import type { S3Config, S3Secret } from "./schema";
import type { S3Destination } from "./settings";
import { verifyS3 } from "./verify";

export const s3: DestinationKind<S3Config, S3Secret, S3Destination> = {
  verify: (connection, asked) =>
    verifyS3(
      connection,
      asked.map(({ destination }) => destination),
    ),
  open: openS3,
  addresses: ({ endpoint }) => (endpoint === null ? [] : [{ field: "endpoint", url: endpoint }]),
  lacks: ({ auth }) =>
    auth === "keys" || principal() ? null : { field: "auth", message: `Authentication by ${auth} ${NO_PRINCIPAL}.` },
  merge: mergeS3,
  markers: openMarkers,
};
