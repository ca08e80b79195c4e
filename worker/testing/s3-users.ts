import { randomBytes } from "node:crypto";
import { ListBucketsCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { rootClient, type TestBucket } from "./bucket";

export interface S3User {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Makes a user who may do nothing. The local S3 server takes this as a signed request of its own kind. */
export async function makeUser(): Promise<S3User> {
  const user = {
    accessKeyId: `user${randomBytes(6).toString("hex")}`,
    secretAccessKey: randomBytes(20).toString("hex"),
  };
  const client = rootClient();
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { method: string; path: string; query: object; body: string; headers: object };
      const { accessKeyId, secretAccessKey } = user;
      const body = `<Account><Access>${accessKeyId}</Access><Secret>${secretAccessKey}</Secret><Role>user</Role></Account>`;
      Object.assign(request, { method: "PATCH", path: "/create-user", query: {}, body });
      Object.assign(request.headers, { "content-length": String(body.length), "content-type": "application/xml" });
      return next(args);
    },
    { step: "build", priority: "low" },
  );
  await client.send(new ListBucketsCommand({}));
  client.destroy();
  return user;
}

/** Lets a user do these things with the objects of a bucket, and nothing else. */
export async function allow(bucket: TestBucket, user: S3User, actions: string[]): Promise<void> {
  const statement = {
    Effect: "Allow",
    Principal: { AWS: [user.accessKeyId] },
    Action: actions,
    Resource: [`arn:aws:s3:::${bucket.name}/*`],
  };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await bucket.client.send(new PutBucketPolicyCommand({ Bucket: bucket.name, Policy }));
}
