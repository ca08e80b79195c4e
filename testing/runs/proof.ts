import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Receipt } from "@/lib/fields/receipt";
import type { TestBucket } from "./bucket";

/** Reads a JSON Lines file as anyone might, and counts its rows. */
const PYTHON = `
import gzip, json, sys
opened = gzip.open(sys.argv[1], "rt", encoding="utf-8", newline="\\n") if sys.argv[1].endswith(".gz") else open(sys.argv[1], encoding="utf-8", newline="\\n")
print(sum(1 for line in opened if json.loads(line)["uuid"]))
`;

const hasPython = spawnSync("python3", ["--version"]).error === undefined;

function countRows(key: string, bytes: Buffer): number {
  if (!hasPython) return (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString().split("\n").length - 1;
  const folder = mkdtempSync(join(tmpdir(), "penstock-proof-"));
  try {
    const file = join(folder, key.split("/").at(-1) ?? "");
    writeFileSync(file, bytes);
    return Number(execFileSync("python3", ["-c", PYTHON, file], { encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A receipt's statements about its files, measured again from the bucket with third-party readers. */
export async function measure(bucket: TestBucket, { files }: Receipt) {
  const measured: { key: string; rows: number; bytes: number; sha256: string }[] = [];
  for (const { key } of files) {
    const bytes = await bucket.bytes(key);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    measured.push({ key, rows: countRows(key, bytes), bytes: bytes.length, sha256 });
  }
  return measured;
}
