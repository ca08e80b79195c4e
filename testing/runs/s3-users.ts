import { randomBytes } from "node:crypto";
import { ListBucketsCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { isBucketAction } from "@/lib/destinations/s3/statements";
import { rootClient, type TestBucket } from "./bucket";

export interface S3User {
  accessKeyId: string;
  secretAccessKey: string;
}

/** Creates a user without rights. The local S3 server takes this as its own kind of signed request. */
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

export interface Grant {
  /** Default: Allow. */
  Effect?: "Allow" | "Deny";
  Action: string[];
  Resource?: string[] | undefined;
}

/** Allows a user these actions on a bucket and its objects, and nothing else. */
export const allow = (bucket: TestBucket, user: S3User, actions: string[]): Promise<void> =>
  allowAll(bucket, [user], actions);

/** The same for several users. */
export async function allowAll(bucket: TestBucket, users: S3User[], actions: string[]): Promise<void> {
  await grant(bucket, users, [
    { Action: actions.filter(isBucketAction), Resource: [bucket.arn] },
    { Action: actions.filter((action) => !isBucketAction(action)), Resource: [`${bucket.arn}/*`] },
  ]);
}

/** Allows users what these statements allow, ignoring conditions, and nothing else. */
export const grant = (bucket: TestBucket, users: S3User[], statements: Grant[]): Promise<void> =>
  putPolicy(
    bucket,
    statements.map((statement) => ({ ...statement, users })),
  );

/** Sets a bucket's policy to these statements, each about its own users. */
export async function putPolicy(bucket: TestBucket, statements: (Grant & { users: S3User[] })[]): Promise<void> {
  const Statement = statements
    .filter(({ Action }) => Action.length > 0)
    .map(({ Effect = "Allow", Action, Resource, users }) => {
      const Principal = { AWS: users.map(({ accessKeyId }) => accessKeyId) };
      return { Effect, Principal, Action, Resource };
    });
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await bucket.client.send(new PutBucketPolicyCommand({ Bucket: bucket.name, Policy }));
}
