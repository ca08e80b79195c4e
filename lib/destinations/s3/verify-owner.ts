import { GetBucketOwnershipControlsCommand } from "@aws-sdk/client-s3";
import { ExportError } from "../../errors";
import { isAmazon } from "./amazon";
import { answeredOf } from "./answered";
import { Probe } from "./probe";
import type { StoredS3Config } from "./schema";
import type { Seen, Step } from "./verify-step";

/** Checks that the bucket belongs to the account that the connection expects, if it expects one. */
export const ownerSteps = ({ expectedBucketOwner: expected }: Pick<StoredS3Config, "expectedBucketOwner">): Step[] =>
  expected
    ? [
        {
          name: "Bucket owner",
          needs: ["Address", "Credentials"],
          permission: "s3:ListBucket",
          run: (probe) => compareOwner(probe, expected),
        },
      ]
    : [];

/** A refusal may be about the owner or about a permission: the same request without an expected owner shows which. */
async function compareOwner(probe: Probe, expected: string): Promise<Seen> {
  const failure = await probe.listFailure();
  if (!failure) return { message: `The bucket belongs to the account ${expected}.` };
  if (failure.failure.code !== "missing_permission")
    return {
      status: "unknown",
      message: "The storage didn't say who owns the bucket. The next step shows the reason.",
    };
  const { connection } = probe;
  const anyOwner = new Probe({ ...connection, config: { ...connection.config, expectedBucketOwner: null } });
  const without = await anyOwner.listFailure();
  await anyOwner.close();
  if (!without) throw otherOwner(connection.config.bucket, expected);
  return {
    status: "unknown",
    message: `The storage doesn't say whether the bucket belongs to the account ${expected}. If it doesn't, the storage refuses every request.`,
  };
}

const otherOwner = (bucket: string, expected: string) =>
  new ExportError({
    code: "wrong_bucket_owner",
    message: `The bucket ${bucket} doesn't belong to the account ${expected}, which the connection expects.`,
    fix: "Check the bucket's name. If it is the right bucket, enter its owner's account ID in the connection.",
    retryable: false,
  });

const WITHOUT_ACL =
  "files belong to the account that writes them. If that isn't the bucket's account, its owner can't read them: turn on full control for the bucket's owner in the connection, or set the bucket's Object Ownership to “Bucket owner enforced”";

/** Names the bucket's Object Ownership, at Amazon and wherever the connection sends an ACL. */
export const ownershipSteps = (config: Pick<StoredS3Config, "endpoint" | "acl">): Step[] =>
  isAmazon(config.endpoint) || config.acl ? [ownershipStep] : [];

export const ownershipStep: Step = {
  name: "Object ownership",
  needs: ["Reach"],
  permission: "s3:GetBucketOwnershipControls",
  optional: ({ connection: { config } }) =>
    config.acl
      ? "Exports work without it. Files give the bucket's owner full control."
      : `Exports work without it. But if the bucket's Object Ownership isn't “Bucket owner enforced”, ${WITHOUT_ACL}.`,
  run: async (probe) => {
    const { connection } = probe;
    const ownership = await ownershipOf(probe);
    return ownership === null
      ? { status: "skipped", message: "This storage has no Object Ownership." }
      : inWords(ownership, Boolean(connection.config.acl));
  },
};

/** Null if the storage knows no such setting. A bucket without one is as if it were the writer's. */
async function ownershipOf({ client, object: { Bucket } }: Probe): Promise<string | null> {
  try {
    const { OwnershipControls } = await client.send(new GetBucketOwnershipControlsCommand({ Bucket }));
    return OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? "ObjectWriter";
  } catch (error) {
    const { status, name } = answeredOf(error);
    if (name === "OwnershipControlsNotFoundError") return "ObjectWriter";
    if (status === 501 || status === 405 || status === 400) return null;
    throw error;
  }
}

/** Source: "Controlling ownership of objects and disabling ACLs for your bucket" in the Amazon S3 user guide. */
function inWords(ownership: string, sendsAcl: boolean): Seen {
  if (ownership === "BucketOwnerEnforced")
    return { message: "“Bucket owner enforced”: all files belong to the bucket's account, no matter who writes them." };
  const name = ownership === "BucketOwnerPreferred" ? "Bucket owner preferred" : "Object writer";
  if (!sendsAcl) return { status: "skipped", message: `“${name}”: ${WITHOUT_ACL}.` };
  const whose =
    ownership === "BucketOwnerPreferred"
      ? "files belong to the bucket's account, because they give it full control"
      : "files belong to the account that writes them, and give the bucket's account full control";
  return { message: `“${name}”: ${whose}.` };
}
