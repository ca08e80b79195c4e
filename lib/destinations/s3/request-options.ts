import type { S3Client } from "@aws-sdk/client-s3";
import type { StoredS3Config } from "./schema";

type Options = Pick<StoredS3Config, "acl" | "expectedBucketOwner" | "requesterPays">;

/** What a connection adds to its requests, as the SDK's parameters. */
const requestOptions = ({ acl, expectedBucketOwner, requesterPays }: Options) => ({
  ...(acl && { ACL: acl }),
  ...(expectedBucketOwner && { ExpectedBucketOwner: expectedBucketOwner }),
  ...(requesterPays && { RequestPayer: "requester" as const }),
});

/** Adds a connection's options to each request. The SDK leaves out those that an operation doesn't have. */
export function sendOptions(client: S3Client, config: Options): void {
  const options = requestOptions(config);
  if (Object.keys(options).length === 0) return;
  client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, ...options } }), {
    step: "initialize",
    name: "sendOptions",
  });
}
