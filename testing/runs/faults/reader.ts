import { createHash } from "node:crypto";
import { HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { and, eq, isNull } from "drizzle-orm";
import { runs } from "@/lib/db/schema";
import { type Receipt, receiptSchema } from "@/lib/fields/receipt";
import { canonicalJson } from "@/lib/receipts/canonical";
import type { Window } from "@/lib/windows";
import type { TestBucket } from "../bucket";
import { recordsWhere } from "../ledger";
import { kindOf } from "./s3-operation";

/** What is wrong with a bucket, in sentences; empty if nothing is. */
export type Problems = string[];

interface Manifest {
  key: string;
  receipt: Receipt;
}

export interface Expected {
  exportId: string;
  window: Window;
  /** Ids of the source's rows in the window. */
  uuids: string[];
  /** The export writes only below it. */
  prefix: string;
  /** Keys below it that others put there. */
  strangers: ReadonlySet<string>;
  /** Whether objects that no manifest names may exist, because nobody is left to remove them. */
  leftovers: boolean;
}

const manifestsIn = async (bucket: TestBucket, keys: string[]): Promise<Manifest[]> =>
  Promise.all(
    keys
      .filter((key) => kindOf(key) === "manifest")
      .map(async (key) => ({ key, receipt: receiptSchema.parse(await bucket.json(key)) })),
  );

/** The lines of a file named by a manifest, after comparing it with the manifest. */
async function linesOf(
  bucket: TestBucket,
  manifest: Manifest,
  file: Receipt["files"][number],
  problems: Problems,
): Promise<string[]> {
  const say = (what: string) => problems.push(`${manifest.key} names ${file.key}, which ${what}.`);
  const bytes = await bucket.bytes(file.key).catch(() => null);
  if (!bytes) {
    say("is not there");
    return [];
  }
  if (bytes.length !== file.bytes) say(`has ${bytes.length} bytes, not ${file.bytes}`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== file.sha256) say("has another sha256");
  const all = await bucket.lines(file.key).catch(() => null);
  if (!all) {
    say("can't be inflated");
    return [];
  }
  const lines = all.filter((_, at) => !isHeader(file.key, at));
  if (lines.length !== file.rows) say(`has ${lines.length} rows, not ${file.rows}`);
  return lines;
}

/** In CSV, whose first line names the columns, the id comes first. */
const uuidOf = (line: string): string =>
  line.startsWith("{") ? (JSON.parse(line) as { uuid: string }).uuid : line.slice(0, 36);

const isHeader = (key: string, at: number) => key.includes(".csv") && at === 0;

/** Reports how many ids are missing, duplicated, or unknown. */
export function compareRows(found: string[], wanted: string[], problems: Problems): void {
  const [seen, source] = [new Set(found), new Set(wanted)];
  const missing = wanted.filter((id) => !seen.has(id)).length;
  const strange = [...seen].filter((id) => !source.has(id)).length;
  if (missing > 0) problems.push(`${missing} of ${wanted.length} rows are missing.`);
  if (found.length > seen.size) problems.push(`${found.length - seen.size} rows are there more than once.`);
  if (strange > 0) problems.push(`${strange} rows are not the source's.`);
}

const completed = ({ exportId, window }: Expected) =>
  recordsWhere(
    and(
      eq(runs.exportId, exportId),
      eq(runs.intervalStart, window.start),
      eq(runs.state, "Completed"),
      isNull(runs.supersededBy),
    ),
  );

/** The receipt that the ledger calls current; on an engine that marks none as superseded, the last one. */
async function currentReceipt(expected: Expected, problems: Problems): Promise<Receipt | null> {
  const rows = (await completed(expected)).toSorted((a, b) => Number(b.finishedAt) - Number(a.finishedAt));
  const marks = rows.some(({ address }) => address !== null);
  if (marks && rows.length > 1) problems.push(`The ledger has ${rows.length} current receipts of the window.`);
  if (!rows[0]) problems.push("The ledger has no current receipt of the window.");
  return rows[0]?.receipt ? receiptSchema.parse(rows[0].receipt) : null;
}

/** Exactly one manifest must name each object that is neither a manifest nor a mark. */
function compareKeys(keys: string[], manifests: Manifest[], leftovers: boolean, problems: Problems): void {
  const named = manifests.flatMap(({ receipt }) => receipt.files.map(({ key }) => key));
  for (const key of keys.filter((each) => kindOf(each) === "data")) {
    const times = named.filter((each) => each === key).length;
    if (times > 1) problems.push(`${key} is named by ${times} manifests.`);
    if (times === 0 && !leftovers) problems.push(`${key} is named by no manifest.`);
  }
}

interface Read {
  manifests: Manifest[];
  /** Ids in the files that the export's own manifests name. */
  uuids: string[];
}

async function readManifests(bucket: TestBucket, expected: Expected, problems: Problems): Promise<Read> {
  const keys = (await bucket.keys(expected.prefix)).filter((key) => !expected.strangers.has(key));
  const all = await manifestsIn(bucket, keys);
  const manifests = all.filter(({ receipt }) => receipt.exportId === expected.exportId);
  const uuids: string[] = [];
  for (const manifest of manifests)
    for (const file of manifest.receipt.files)
      uuids.push(...(await linesOf(bucket, manifest, file, problems)).map(uuidOf));
  compareKeys(keys, all, expected.leftovers, problems);
  return { manifests, uuids };
}

/**
 * Reads a window with nothing but the buckets, the source, and the ledger, bypassing every proxy, and reports what is
 * wrong. Every manifest in each bucket must be true; rows are read at the address of the ledger's receipt.
 */
export async function readWindow(buckets: TestBucket[], expected: Expected): Promise<Problems> {
  const problems: Problems = [];
  const receipt = await currentReceipt(expected, problems);
  const reads: Read[] = [];
  for (const bucket of buckets) {
    reads.push(await readManifests(bucket, expected, problems));
    const uploads = (await bucket.openUploads()).filter((key) => key.startsWith(expected.prefix));
    if (uploads.length > 0 && !expected.leftovers) problems.push(`${uploads.length} uploads are open.`);
  }
  if (!receipt) return problems;
  const own = reads.find(({ manifests }) => manifests.some((it) => it.receipt.runId === receipt.runId));
  if (!own) {
    const keys = reads.flatMap(({ manifests }) => manifests.map(({ key }) => key));
    return [...problems, `No manifest is the ledger's receipt: there are ${keys.join(", ") || "none"}.`];
  }
  const is = own.manifests.find((it) => it.receipt.runId === receipt.runId);
  if (canonicalJson(is!.receipt) !== canonicalJson(receipt)) problems.push(`${is?.key} is not the ledger's receipt.`);
  compareRows(own.uuids, expected.uuids, problems);
  return problems;
}

/** Every object under a prefix, identified by its ETag, size, and metadata. */
export async function snapshot(bucket: TestBucket, prefix: string): Promise<Map<string, string>> {
  const { Contents = [] } = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix }));
  const entries = Contents.map(async ({ Key = "", ETag, Size }) => {
    const { Metadata = {} } = await bucket.client.send(new HeadObjectCommand({ Bucket: bucket.name, Key }));
    // Headers come in any order.
    return [Key, JSON.stringify([ETag, Size, Object.entries(Metadata).toSorted()])] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Which of a snapshot's objects have changed. */
export function changedSince(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Problems {
  return [...before].flatMap(([key, was]) => {
    const is = after.get(key);
    if (is === was) return [];
    return [is === undefined ? `${key}, another's, is gone.` : `${key}, another's, was changed.`];
  });
}
