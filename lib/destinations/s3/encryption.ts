import type { S3Destination } from "../../schemas/destination";

/** What every object of an export is written with. */
export const encryptionOf = ({ encryption, kmsKeyId }: Pick<S3Destination, "encryption" | "kmsKeyId">) =>
  encryption === "none"
    ? {}
    : { ServerSideEncryption: encryption, ...(kmsKeyId === null ? {} : { SSEKMSKeyId: kmsKeyId }) };
