import { AssumeRoleCommand, type Credentials, STSClient, STSServiceException } from "@aws-sdk/client-sts";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { getEnv } from "../../env";
import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { NO_PRINCIPAL, principal } from "./principal";

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

/** Assumes a role as Penstock's own principal. Throws an `ExportError`. */
export async function assumeRole({ roleArn, region, externalId, session }: Assuming) {
  const own = principal();
  if (!own) throw failed("no_principal", `The role ${NO_PRINCIPAL}.`, "Then verify the connection again.");
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
  } catch (error) {
    throw explain(error, roleArn);
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
  const sts = "AWS STS, which hands out the role's credentials,";
  if (brokenBy(error) !== null) return failed("sts_unreachable", `${sts} could not be reached.`, null, true);
  return failed("sts_busy", `${sts} gave no answer that can be read: ${nameOfError(error)}.`, null, true);
}

function explain(error: unknown, roleArn: string): ExportError {
  const service = error instanceof STSServiceException ? error : null;
  const status = service?.$metadata.httpStatusCode ?? 0;
  if (!service && (error as Error).name !== "CredentialsProviderError") return unanswered(error);
  if (!service || OWN.has(service.name))
    return failed(
      "bad_principal",
      "AWS does not accept the credentials of Penstock's own principal.",
      "Ask the operator of this installation to check PENSTOCK_AWS_ACCESS_KEY_ID and PENSTOCK_AWS_SECRET_ACCESS_KEY.",
    );
  if (status >= 500 || status === 429 || /Throttl|Expired|Timeout/.test(service.name))
    return failed("sts_busy", `AWS STS answered with ${status} ${service.name}.`, null, true);
  if (service.name === "RegionDisabledException")
    return failed("sts_region", "AWS STS is not enabled in the connection's region.", "Switch it on for the account.");
  return failed(
    "role_refused",
    `AWS does not let Penstock assume the role ${roleArn}.`,
    "Check that the role exists, and that its trust policy names Penstock's principal and your organization's external id, as the generated policy does.",
  );
}
