import { stopsOthers, type VerifyStep } from "@/lib/fields/verification";
import type { Verified } from "../types";
import type { S3Connection } from "./client";
import { missingPermissionOf, s3Failure } from "./errors";
import { Probe } from "./probe";
import type { S3Destination } from "./settings";
import { scopeOf, statementText } from "./statements";
import { Unsafe } from "./verify-access";
import type { Step } from "./verify-step";
import { stepsFor } from "./verify-steps";

/**
 * Does everything that exports with these settings need, step by step. Skips steps that need a failed one. Leaves
 * nothing of the probe behind, as far as permissions allow.
 */
export async function verifyS3(connection: S3Connection, settings: S3Destination[]): Promise<Verified> {
  const probe = new Probe(connection);
  const results: VerifyStep[] = [];
  try {
    for (const step of stepsFor(connection.config, settings)) {
      const broken = step.needs.find((name) => results.some((it) => it.name === name && stopsOthers(it)));
      results.push(broken === undefined ? await attempt(step, probe) : notTried(step, broken));
    }
  } finally {
    await probe.close();
  }
  const { checksums } = probe;
  const ok = results.every(({ status }) => status !== "failed");
  return { ok, steps: results, ...(checksums !== null && { capabilities: { checksums } }) };
}

const notTried = ({ name }: Step, broken: string): VerifyStep => ({
  name,
  status: "skipped",
  message: `Skipped, because the step “${broken}” didn't pass.`,
});

async function attempt(step: Step, probe: Probe): Promise<VerifyStep> {
  const { name } = step;
  try {
    const { status = "passed", message } = await step.run(probe);
    return { name, status, message };
  } catch (error) {
    return explain(step, probe, error);
  }
}

/** Reports what is missing, the fix, and the statement to paste. */
function explain({ name, permission, optional, kmsKeyId = null }: Step, probe: Probe, error: unknown): VerifyStep {
  const { config } = probe.connection;
  const { failure } = s3Failure(error, { permission, ...config, kmsKeyId });
  const missing = missingPermissionOf(error, { permission });
  // A statement must name its key.
  const grantable = missing !== null && (kmsKeyId !== null || !missing.startsWith("kms:"));
  const statement =
    error instanceof Unsafe ? error.statement : grantable && statementText(scopeOf(config, kmsKeyId), missing);
  const fix = failure.fix?.replace("; then retry the run.", ", then verify again.");
  const advice = { ...(fix && { fix }), ...(statement && { statement }) };
  if (optional && missing)
    return { name, status: "skipped", message: `${failure.message} ${optional(probe)}`, ...advice };
  return { name, status: "failed", message: failure.message, ...advice };
}
