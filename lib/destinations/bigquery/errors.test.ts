import { describe, expect, it } from "vitest";
import { ExportError } from "../../errors";
import { bigqueryFailure } from "./errors";
import { failedJob, refusalOf } from "./refusal";

const where = { projectId: "my-project", dataset: "analytics", location: "EU", apiEndpoint: null };
const email = "penstock@my-project.iam.gserviceaccount.com";
const failureOf = (error: unknown) => bigqueryFailure(error, { ...where, email }).failure;
const answered = (status: number, reason: string, message = "secret data") =>
  refusalOf(status, JSON.stringify({ error: { code: status, message, errors: [{ reason, message }] } }));

describe("what BigQuery refuses", () => {
  it.each([
    [answered(401, "authError"), "bad_credentials"],
    [
      answered(403, "accessDenied", "Access Denied: User does not have bigquery.jobs.create permission"),
      "missing_permission",
    ],
    [answered(403, "accessNotConfigured"), "api_disabled"],
    [answered(403, "billingNotEnabled"), "billing_disabled"],
    [answered(403, "quotaExceeded", "Quota exceeded: imports per table per day"), "quota_exceeded"],
    [answered(404, "notFound", "Not found: Project my-project"), "missing_database"],
    [
      answered(404, "notFound", "Not found: Dataset my-project:analytics was not found in location EU"),
      "missing_schema",
    ],
    [failedJob({ reason: "notFound", message: "Not found: Table my-project:analytics.events" }), "missing_table"],
    [failedJob({ reason: "invalidQuery", message: "secret data" }), "warehouse_refused"],
    [refusalOf(302, "<html>secret data</html>"), "warehouse_refused"],
  ])("is final: %s → %s", (error, code) => {
    const failure = failureOf(error);
    expect(failure).toMatchObject({ code, retryable: false, fix: expect.any(String) });
    expect(JSON.stringify(failure)).not.toContain("secret data");
  });

  /** Source: "Troubleshoot VPC Service Controls": BigQuery's message, with its identifier on the next line. */
  it("names the perimeter that keeps a request out, and its entry in the audit log", () => {
    const message =
      "VPC Service Controls: Request is prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: a-B_9";
    for (const reason of ["policyViolation", "accessDenied"]) {
      const failure = failureOf(answered(403, reason, message));
      expect(failure).toMatchObject({ code: "vpc_service_controls", retryable: false });
      expect(failure.message).toContain("the ID a-B_9.");
      expect(failure.fix).toContain(`ingress rule for serviceAccount:${email} and bigquery.googleapis.com`);
    }
    expect(failureOf(failedJob({ reason: "invalidQuery", message }))).toMatchObject({ code: "warehouse_refused" });
  });

  /** Source: fivetran/dbt_zendesk#39, and "Quotas and limits" on partitioned tables. */
  it("names what to do about more partitions than BigQuery allows", () => {
    const message = "Too many partitions produced by query, allowed 4000, query produces at least 4272 partitions";
    for (const refusal of [failedJob({ reason: "invalidQuery", message }), answered(403, "quotaExceeded", message)]) {
      const failure = failureOf(refusal);
      expect(failure).toMatchObject({ code: "too_many_partitions", retryable: false });
      expect(failure.fix).toContain("smaller windows");
    }
  });

  it("has a stage that is gone made again by the next try, whatever the dataset is called", () => {
    const gone = (table: string) => failureOf(failedJob({ reason: "notFound", message: `Not found: Table ${table}` }));
    expect(gone("my-project:analytics._penstock_a")).toMatchObject({ code: "staging_lost", retryable: true });
    expect(gone("my-project:raw_penstock_in.events")).toMatchObject({ code: "missing_table", retryable: false });
  });

  it.each([
    answered(429, "rateLimitExceeded"),
    answered(403, "rateLimitExceeded"),
    answered(403, "jobRateLimitExceeded"),
    answered(500, "internalError"),
    answered(502, ""),
    answered(503, "backendError"),
    refusalOf(504, "<html>"),
    failedJob({ reason: "backendError" }),
    failedJob({ reason: "invalidQuery", message: "Transaction is aborted due to concurrent update against table x" }),
    failedJob({ reason: "invalidQuery", message: "Could not serialize access to table x due to concurrent update" }),
    failedJob({ reason: "quotaExceeded", message: "Too many DML statements outstanding against table x" }),
  ])("may pass: %s", (error) => {
    expect(failureOf(error)).toMatchObject({ code: "warehouse_busy", retryable: true });
  });

  it("names the permission, and the role that has it", () => {
    const ofProject = failureOf(
      answered(403, "accessDenied", "User does not have bigquery.jobs.create permission in it"),
    );
    expect(ofProject.message).toContain("bigquery.jobs.create in my-project");
    expect(ofProject.fix).toContain("gcloud projects add-iam-policy-binding my-project");
    const message =
      "Access Denied: Dataset my-project:analytics: Permission bigquery.tables.create denied on bigquery.googleapis.com";
    const ofDataset = failureOf(answered(403, "accessDenied", message));
    expect(ofDataset.message).toContain("bigquery.tables.create in my-project.analytics");
    expect(ofDataset.fix).toContain(
      `GRANT \`roles/bigquery.dataEditor\` ON SCHEMA \`my-project.analytics\` TO "serviceAccount:${email}"; then`,
    );
  });
});

describe("what came on the way", () => {
  const thrown = (code: string) => Object.assign(new Error("secret data"), { code });

  it.each([
    ["ECONNREFUSED", "unreachable", true],
    ["ETIMEDOUT", "unreachable", true],
    ["ENOTFOUND", "unreachable", true],
    ["CERT_HAS_EXPIRED", "tls_error", false],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls_error", false],
  ])("%s is %s", (error, code, retryable) => {
    const failure = failureOf(thrown(error));
    expect(failure).toMatchObject({ code, retryable });
    expect(JSON.stringify(failure)).not.toContain("secret data");
  });

  it("stays what it is where it is understood already", () => {
    const error = new ExportError({ code: "x", message: "y", fix: null, retryable: false });
    expect(bigqueryFailure(error, where)).toBe(error);
  });
});
