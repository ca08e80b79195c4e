import { randomUUID } from "node:crypto";
import { ExportError } from "../../errors";
import { addressRefused, checkAddress } from "../../net/guard";
import { assumeRole } from "./assume";
import type { S3Connection } from "./client";
import { trustPolicy } from "./policy";
import { principal } from "./principal";
import type { Probe } from "./probe";
import type { StoredS3Config } from "./schema";
import { ownerSteps, ownershipSteps } from "./verify-owner";
import type { Seen, Step } from "./verify-step";

/** A role that others could use through Penstock, with the trust policy that fixes it. */
export class Unsafe extends ExportError {
  constructor(
    message: string,
    readonly statement: string,
  ) {
    const fix =
      "Add the condition on sts:ExternalId to the role's trust policy, exactly as shown here, then verify again.";
    super({ code: "unsafe_role", message, fix, retryable: false });
  }
}

/** Listing failures about the caller, not the bucket. */
const WHO = new Set(["bad_credentials", "clock_skew"]);

/** Checks access to the bucket under the given identity, before anything is written. */
export const accessSteps = (config: StoredS3Config): Step[] => [
  { name: "Address", needs: [], permission: "", run: ({ connection }) => address(connection) },
  { name: "Credentials", needs: ["Address"], permission: "", run: credentials },
  ...ownerSteps(config),
  { name: "Reach", needs: ["Address", "Credentials", "Bucket owner"], permission: "s3:ListBucket", run: reach },
  {
    name: "List",
    needs: ["Reach"],
    permission: "s3:ListBucket",
    optional: () =>
      "Exports work without it, but before a commit they check each file with a HEAD request, which needs s3:GetObject, or not at all; the receipt says which. Audits do the same, and don't find objects that don't belong there.",
    run: async (probe) => {
      await probe.list();
      return { message: "The bucket can be listed." };
    },
  },
  ...ownershipSteps(config),
];

async function address({ config, organizationId }: S3Connection): Promise<Seen> {
  if (config.endpoint === null) return { message: `Amazon S3 in ${config.region}.` };
  const problem = await checkAddress(config.endpoint, { purpose: "s3", organizationId });
  if (problem) throw addressRefused(problem);
  return { message: `This installation allows connections to ${new URL(config.endpoint).host}.` };
}

async function credentials(probe: Probe): Promise<Seen> {
  const { config } = probe.connection;
  if (config.auth === "role") return assume(probe.connection);
  const failure = await probe.listFailure();
  if (failure && (WHO.has(failure.failure.code) || failure.failure.code === "no_principal")) throw failure;
  if (failure && failure.failure.code !== "missing_permission")
    return {
      status: "unknown",
      message: "The storage didn't say whether it accepts them. The next step shows the reason.",
    };
  const who = config.auth === "keys" ? "the access key ID and the secret access key" : "Penstock's own principal";
  return { message: `The storage accepts ${who}.` };
}

/** Assumes the role as runs do, and checks that it requires the external ID: it must refuse a wrong one, or none. */
async function assume({ config, externalId }: S3Connection): Promise<Seen> {
  const request = { roleArn: config.roleArn ?? "", region: config.region, session: "verify" };
  await assumeRole({ ...request, externalId });
  for (const [wrong, what] of [
    [randomUUID(), "with a wrong external ID"],
    [null, "without an external ID"],
  ] as const) {
    if (await isAssumed({ ...request, externalId: wrong })) throw unsafe(request.roleArn, what, externalId);
  }
  return { message: `Penstock can assume the role, and only with your organization's external ID.` };
}

async function isAssumed(request: Parameters<typeof assumeRole>[0]): Promise<boolean> {
  try {
    await assumeRole(request);
    return true;
  } catch (error) {
    // Only a refusal is proof; any other failure leaves the question open.
    if (error instanceof ExportError && error.failure.code === "role_refused") return false;
    throw error;
  }
}

function unsafe(roleArn: string, what: string, externalId: string): Unsafe {
  const message = `The role ${roleArn} can also be assumed ${what}, so other organizations in Penstock could write with it.`;
  return new Unsafe(message, JSON.stringify(trustPolicy(principal()?.arn ?? "", externalId), null, 2));
}

/** A refused listing is an answer too: the bucket may exist, and the next steps show it. */
async function reach(probe: Probe): Promise<Seen> {
  const { bucket, region } = probe.connection.config;
  const failure = await probe.listFailure();
  if (!failure) return { message: `The bucket ${bucket} responds in ${region}.` };
  if (failure.failure.code !== "missing_permission") throw failure;
  return { message: `The storage responds, but doesn't say whether the bucket ${bucket} exists.` };
}
