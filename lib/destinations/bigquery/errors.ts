import { ExportError, type Failure } from "../../errors";
import { brokenBy, nameOfError } from "../../net/broken";
import { isTlsError } from "./http";
import { isConflict, isPassing, Refusal } from "./refusal";
import type { BigqueryConfig } from "./schema";
import { datasetGrant, projectGrant } from "./script";

type Where = Pick<BigqueryConfig, "projectId" | "dataset" | "location" | "apiEndpoint"> & {
  /** The service account's email address, if its key could be read. */
  email?: string | undefined;
};
type Said = Pick<Failure, "code" | "message" | "fix">;

const badCredentials = (): Said => ({
  code: "bad_credentials",
  message: "Google rejected the service account's key.",
  fix: "Create a new key for the service account and enter the whole JSON file in the connection (a key works only while it is enabled and this machine's clock is correct); then retry the run.",
});

function missingPermission(where: Where, { permission }: Refusal): Said {
  const ofProject = permission?.startsWith("bigquery.jobs.") || permission?.startsWith("bigquery.readsessions.");
  const grant = ofProject
    ? `add the role in the project ${where.projectId}: ${projectGrant(where, where.email)}`
    : `add the role in the dataset ${where.dataset}: ${datasetGrant(where, where.email)}`;
  const lacked = permission === null ? "a permission" : `the permission ${permission}`;
  return {
    code: "missing_permission",
    message: `The service account doesn't have ${lacked} in ${ofProject ? where.projectId : `${where.projectId}.${where.dataset}, or the dataset doesn't exist`}.`,
    fix: `As an owner, ${grant.replace(/;$/, "")}; then retry the run.`,
  };
}

function notFound({ projectId, dataset, location }: Where, refusal: Refusal): Said {
  if (refusal.says(/not found: project/i))
    return {
      code: "missing_database",
      message: `The project ${projectId} doesn't exist.`,
      fix: "Correct the project in the connection; then retry the run.",
    };
  if (refusal.says(/not found: dataset/i))
    return {
      code: "missing_schema",
      message: `The dataset ${projectId}.${dataset} doesn't exist in ${location}.`,
      fix: `Create it (bq --location=${location} mk --dataset ${projectId}:${dataset}), or correct the dataset and location in the connection; then retry the run.`,
    };
  return {
    code: "missing_table",
    message: `A table in ${projectId}.${dataset} no longer exists.`,
    fix: "Retry the run: it creates missing tables.",
  };
}

/** The next attempt recreates the table, or the commit finds which files to export again. */
const tableGone = (): Failure => ({
  code: "staging_lost",
  message: "One of Penstock's own tables no longer exists.",
  fix: "Check that nothing drops tables that start with _penstock_; then retry the run.",
  retryable: true,
});

const billing = ({ projectId }: Where): Said => ({
  code: "billing_disabled",
  message: `The project ${projectId} has no billing account, which BigQuery requires for changing rows.`,
  fix: `Link a billing account (gcloud billing projects link ${projectId} --billing-account=…); then retry the run.`,
});

const quota = ({ projectId }: Where): Said => ({
  code: "quota_exceeded",
  message: `The project ${projectId} has exceeded a BigQuery quota.`,
  fix: "Wait until the quota resets (usually at midnight Pacific time), raise it under IAM & Admin, Quotas, or run the export less often; then retry the run.",
});

const apiDisabled = ({ projectId }: Where): Said => ({
  code: "api_disabled",
  message: `The BigQuery API isn't enabled in the project ${projectId}.`,
  fix: `Enable it: gcloud services enable bigquery.googleapis.com --project ${projectId}; then retry the run.`,
});

function perimeter({ projectId, email }: Where, id: string): Said {
  const found = id ? ` Its entry in the audit log has the ID ${id}.` : "";
  return {
    code: "vpc_service_controls",
    message: `VPC Service Controls block requests from this machine to the project ${projectId}.${found}`,
    fix: `Ask an administrator of the perimeter to add an ingress rule for serviceAccount:${email ?? "<service-account>"} and bigquery.googleapis.com from this machine's address, or connect to the perimeter's private address; then retry the run.`,
  };
}

const tooManyPartitions = ({ projectId, dataset }: Where): Said => ({
  code: "too_many_partitions",
  message: `Rows in this window belong to more partitions of a table in ${projectId}.${dataset} than BigQuery allows: 4,000 per commit and 10,000 per table.`,
  fix: "Events are partitioned by the day of their timestamp. Exclude events with wrong timestamps, use smaller windows, or create the table yourself, partitioned by month (PARTITION BY TIMESTAMP_TRUNC(timestamp, MONTH)) or not at all; then retry the run.",
});

/** Refusals that only their message shows. Source: "Troubleshoot quota and limit errors" and "Error messages". */
function saidOf(refusal: Refusal, where: Where): Said | null {
  const { perimeterId } = refusal;
  if (perimeterId !== null) return perimeter(where, perimeterId);
  return refusal.says(/too many (total )?(leaf )?partitions|number of partitions allowed/i)
    ? tooManyPartitions(where)
    : null;
}

/** Reasons that retrying can't fix. Source: the error table in BigQuery's documentation. */
const FINAL: Record<string, (where: Where, refusal: Refusal) => Said> = {
  accessDenied: missingPermission,
  PERMISSION_DENIED: missingPermission,
  forbidden: missingPermission,
  notFound,
  NOT_FOUND: notFound,
  accessNotConfigured: apiDisabled,
  SERVICE_DISABLED: apiDisabled,
  billingNotEnabled: billing,
  billingTierLimitExceeded: billing,
  quotaExceeded: quota,
  authError: badCredentials,
};

/** Turns a thrown error into an `ExportError`. Omits BigQuery's message: it may hold row data. */
export function bigqueryFailure(error: unknown, where: Where): ExportError {
  if (error instanceof ExportError) return error;
  if (error instanceof Refusal) return new ExportError(answered(error, where), { cause: error });
  return new ExportError(unreachable(error, where), { cause: error });
}

function answered(refusal: Refusal, where: Where): Failure {
  const { status, reason } = refusal;
  if (isConflict(refusal)) return busy("Another statement changed the table at the same time.");
  const said = saidOf(refusal, where);
  if (said) return { ...said, retryable: false };
  if (status === 401) return { ...badCredentials(), retryable: false };
  const known = FINAL[reason];
  if (known === notFound && refusal.says(/\._penstock_/)) return tableGone();
  if (known) return { ...known(where, refusal), retryable: false };
  const name = reason || String(status);
  if (isPassing(refusal)) return busy(`BigQuery responded with ${name}.`);
  return {
    code: "warehouse_refused",
    message: `BigQuery rejected the request with ${name}.`,
    fix: "Read the errors of the jobs whose IDs start with penstock_ in the project's history, and compare the table's columns with the list in docs/destinations.md.",
    retryable: false,
  };
}

const busy = (message: string): Failure => ({ code: "warehouse_busy", message, fix: null, retryable: true });

function unreachable(error: unknown, { apiEndpoint }: Where): Failure {
  const { code = "", name = "" } = error as Error & { code?: string };
  const host = apiEndpoint === null ? "bigquery.googleapis.com" : new URL(apiEndpoint).host;
  if (isTlsError(error))
    return {
      code: "tls_error",
      message: `The TLS connection to ${host} failed (${code}).`,
      fix: "Check the address in the connection. Its certificate must be one that this machine trusts.",
      retryable: false,
    };
  const why = code || (name === "AbortError" || name === "TimeoutError" ? "no response in time" : "");
  if (brokenBy(error) === null)
    return {
      code: "warehouse_error",
      message: `A request to BigQuery failed without a readable response: ${nameOfError(error)}.`,
      fix: "Check the worker's log for the full error.",
      retryable: true,
    };
  return {
    code: "unreachable",
    message: `BigQuery at ${host} couldn't be reached${why ? ` (${why})` : ""}.`,
    fix: "Check the address in the connection, and that this machine can reach it.",
    retryable: true,
  };
}
