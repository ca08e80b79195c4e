import type { S3Config, S3Secret } from "../../schemas/connection";
import type { S3Destination } from "../../schemas/destination";
import type { DestinationKind } from "../types";
import { openS3 } from "./open";
import { verifyS3 } from "./verify";

export const s3: DestinationKind<S3Config, S3Secret, S3Destination> = {
  verify: verifyS3,
  open: openS3,
  addresses: ({ endpoint }) => (endpoint === null ? [] : [{ field: "endpoint", url: endpoint }]),
};
