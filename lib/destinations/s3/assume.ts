import { AssumeRoleCommand, type Credentials, STSClient, STSServiceException } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { getEnv } from "../../env";
import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { NO_PRINCIPAL, type Principal, principal } from "./principal";
import { partitionOf } from "./statements";

export interface Assuming {
  roleArn: string;
  region: string;
  /** What the role must require; null sends none. */
  externalId: string | null;
  /** The caller's name in the role's log. */
  session: string;
}

/** In seconds. Chained roles last an hour at most, whatever their own limit. */
const SECONDS = 3600;

/**
 * Assumes a role as Penstock's own principal, at the region's STS or, if that is closed to one of the accounts, at the
 * partition's default one. Throws an `ExportError`.
 */
export async function assumeRole(assuming: Assuming) {
  const { roleArn, region } = assuming;
  const own = principal();
  if (!own) throw failed("no_principal", `The role ${NO_PRINCIPAL}.`, "Then verify the connection again.");
  const general = defaultRegion(roleArn);
  try {
    return await ask(assuming, own).catch((error: unknown) => {
      if (general === null || region === general || !isClosed(error)) throw error;
      return ask({ ...assuming, region: general }, own);
    });
  } catch (error) {
    throw explain(error, roleArn);
  }
}

const DEFAULT_REGIONS: Record<string, string> = {
  aws: "us-east-1",
  "aws-cn": "cn-north-1",
  "aws-us-gov": "us-gov-west-1",
};

/**
 * A region whose STS is always on in the role's partition; its credentials are valid in every region of it. Null if
 * none is known: credentials never go to another partition.
 */
const defaultRegion = (roleArn: string): string | null => DEFAULT_REGIONS[partitionOf(roleArn)] ?? null;

/**
 * Whether an account has not enabled the region, or has switched its STS off: an opt-in region must be enabled in the
 * role's account and in Penstock's own. A region that does not know Penstock's account takes its key for invalid.
 * Source: "Manage AWS STS in an AWS Region" in the IAM user guide.
 */
const isClosed = (error: unknown): boolean =>
  error instanceof STSServiceException &&
  /^(RegionDisabledException|InvalidClientTokenId|UnrecognizedClientException)$/.test(error.name);

/** Throws SDK errors. */
async function ask({ roleArn, region, externalId, session }: Assuming, own: Principal) {
  const endpoint = getEnv().STS_ENDPOINT;
  const client = new STSClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    credentials: own.credentials,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 5_000, requestTimeout: 20_000 }),
  });
  try {
    const { Credentials } = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: `penstock-${session}`,
        DurationSeconds: SECONDS,
        ...(externalId !== null && { ExternalId: externalId }),
      }),
    );
    return identityOf(Credentials);
  } finally {
    client.destroy();
  }
}

const identityOf = (given: Credentials | undefined) => ({
  accessKeyId: given?.AccessKeyId ?? "",
  secretAccessKey: given?.SecretAccessKey ?? "",
  ...(given?.SessionToken && { sessionToken: given.SessionToken }),
  ...(given?.Expiration && { expiration: given.Expiration }),
});

const failed = (code: string, message: string, fix: string | null, retryable = false) =>
  new ExportError({ code, message, fix, retryable } satisfies Failure);

/** STS errors about Penstock's own principal, not the role. */
const OWN = new Set([
  "InvalidClientTokenId",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
  "IncompleteSignature",
]);

function unanswered(error: unknown): ExportError {
  const sts = "AWS STS, which issues the role's credentials,";
  if (brokenBy(error) !== null) return failed("sts_unreachable", `${sts} couldn't be reached.`, null, true);
  return failed("sts_busy", `${sts} sent a response that can't be read: ${nameOfError(error)}.`, null, true);
}

/** Source: SignatureV4 troubleshooting in the IAM user guide: STS says only in its text that a signature is too old. */
const isSkewed = ({ name, message }: Error): boolean =>
  /^Request(Expired|InTheFuture|TimeTooSkewed)$/.test(name) || /^Signature (expired|not yet current)/.test(message);

function explain(error: unknown, roleArn: string): ExportError {
  const service = error instanceof STSServiceException ? error : null;
  const status = service?.$metadata.httpStatusCode ?? 0;
  if (!service && (error as Error).name !== "CredentialsProviderError") return unanswered(error);
  if (service && isSkewed(service))
    return failed(
      "clock_skew",
      "AWS STS refuses the signature because this machine's clock is wrong.",
      "Correct the clock of the machine that runs the worker, and retry the run.",
    );
  if (!service || OWN.has(service.name))
    return failed(
      "bad_principal",
      "AWS doesn't accept the credentials of Penstock's own principal.",
      "Ask the operator of this installation to check PENSTOCK_AWS_ACCESS_KEY_ID and PENSTOCK_AWS_SECRET_ACCESS_KEY.",
    );
  if (status >= 500 || status === 429 || /Throttl|Expired|Timeout/.test(service.name))
    return failed("sts_busy", `AWS STS responded with ${status} ${service.name}.`, null, true);
  if (service.name === "RegionDisabledException")
    return failed(
      "sts_region",
      `AWS STS isn't enabled for the role's account in the connection's region or in ${defaultRegion(roleArn)}.`,
      `Activate STS in ${defaultRegion(roleArn)} in the account settings of IAM, and verify the connection again.`,
    );
  return failed(
    "role_refused",
    `AWS doesn't let Penstock assume the role ${roleArn}.`,
    "Check that the role exists, and that its trust policy names Penstock's principal and your organization's external ID, as the generated policy does.",
  );
}
