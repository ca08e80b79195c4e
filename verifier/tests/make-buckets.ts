import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export interface Case {
  name: string;
  exit: number;
  /** Checks that are not true, such as `sha256` or `chain:unknown`. */
  what: string[];
  args: string[];
}

export interface Buckets {
  folder: string;
  cases: Case[];
  remove(): void;
}

/** Has a Python program, which shares no code with Penstock, write good and bad buckets. */
export function makeBuckets(): Buckets {
  const folder = mkdtempSync(join(tmpdir(), "penstock-verify-"));
  execFileSync("python3", ["-B", resolve("verifier/tests/buckets.py"), folder]);
  const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as Case[];
  return { folder, cases, remove: () => rmSync(folder, { recursive: true }) };
}
