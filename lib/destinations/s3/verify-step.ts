import type { Probe } from "./probe";

/** What was seen; `skipped` when the step had nothing to do. */
export interface Seen {
  message: string;
  skipped?: boolean;
}

/** One step of a verification. */
export interface Step {
  name: string;
  /** Steps that must have passed before. */
  needs: readonly string[];
  /** What it needs, like `s3:PutObject`. */
  permission: string;
  /** What is lost without the permission; such a step is skipped for want of it, and never fails the verification. */
  optional?: (probe: Probe) => string;
  /** The key that the step encrypts with. */
  kmsKeyId?: string | null;
  run(probe: Probe): Promise<Seen>;
}

/** What a step that writes says of a storage that refuses checksums. */
export const withoutChecksums = ({ checksums }: Probe): string =>
  checksums === false ? " This storage refuses CRC32 headers; uploads go without." : "";
