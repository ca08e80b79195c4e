import type { Probe } from "./probe";

/** A step's result: `skipped` if it had nothing to do, `unknown` if the storage's answer leaves it open. */
export interface Seen {
  message: string;
  status?: "passed" | "skipped" | "unknown";
}

export interface Step {
  name: string;
  /** Steps that must pass first. */
  needs: readonly string[];
  /** Like `s3:PutObject`. */
  permission: string;
  /** What is lost without the permission; if it is missing, the step is skipped and the verification doesn't fail. */
  optional?: (probe: Probe) => string;
  kmsKeyId?: string | null;
  run(probe: Probe): Promise<Seen>;
}

/** What writing steps add about a storage that refuses checksums. */
export const withoutChecksums = ({ checksums }: Probe): string =>
  checksums === false ? " This storage refuses CRC32 headers, so Penstock uploads without them." : "";
