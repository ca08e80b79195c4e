import type { DestinationKind } from "../types";
import { openS3 } from "./open";
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
};
