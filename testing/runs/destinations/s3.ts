import { createHash, randomUUID } from "node:crypto";
import { neededActions } from "@/lib/destinations/s3/policy";
import { isBucketAction } from "@/lib/destinations/s3/statements";
import { type Receipt, receiptSchema } from "@/lib/fields/receipt";
import { storage, TestBucket } from "../bucket";
import { rawFields } from "../raw-fields";
import { type Grant, makeUser, putPolicy, type S3User } from "../s3-users";
import type { FilesHarness, Row } from "./harness";

const ACTIONS = neededActions(false).map(({ action }) => action);
const WRITE = "s3:PutObject";

let bucket: TestBucket;
let writer: S3User;
let weak: S3User;
/** The bucket's current policy. */
let policy: (Grant & { users: S3User[] })[];

async function setPolicy(next: typeof policy): Promise<void> {
  policy = next;
  await putPolicy(bucket, policy);
}

/** Allows a user these actions on the bucket and its objects. */
const allowing = (user: S3User, actions: string[]): typeof policy =>
  [
    { Action: actions.filter(isBucketAction), Resource: [bucket.arn] },
    { Action: actions.filter((action) => !isBucketAction(action)), Resource: [`${bucket.arn}/*`] },
  ].map((statement) => ({ ...statement, users: [user] }));

async function open(): Promise<void> {
  [bucket, writer, weak] = await Promise.all([TestBucket.make(), makeUser(), makeUser()]);
  const but = ACTIONS.filter((action) => action !== WRITE);
  await setPolicy([...allowing(writer, ACTIONS), ...allowing(weak, but)]);
}

const config = () => ({ ...storage(), ...writer, bucket: bucket.name, forcePathStyle: true });

const isManifest = (key: string) => key.endsWith("_manifest.json");

const manifests = async (): Promise<Receipt[]> =>
  Promise.all((await bucket.keys()).filter(isManifest).map(async (key) => receiptSchema.parse(await bucket.json(key))));

/** Columns that hold any JSON, compared as their exact text. */
const JSON_COLUMNS = ["properties", "person_properties"];

function comparable(name: string, text: string): string | null {
  if (JSON_COLUMNS.includes(name)) return text;
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text === "null" ? null : text;
}

const micros = (iso: string) => iso.replace(/(\.\d{3})Z$/, "$1000Z");

async function rowsOf({ key, sha256 }: Receipt["files"][number], manifest: Receipt): Promise<Row[]> {
  const found = createHash("sha256").update(await bucket.bytes(key));
  if (found.digest("hex") !== sha256) throw new Error(`${key} has not the checksum that its manifest says.`);
  return (await bucket.lines(key)).map((line) => ({
    ...Object.fromEntries(rawFields(line).map(([name, text]) => [name, comparable(name, text)])),
    _export_id: manifest.exportId,
    _run_id: manifest.runId,
    _interval_start: micros(manifest.intervalStart),
    _interval_end: micros(manifest.intervalEnd),
  }));
}

/** Rows for a reader that trusts manifests. Throws if a file's checksum differs. */
async function rows(table: string): Promise<Row[]> {
  const files = (await manifests()).flatMap((manifest) =>
    manifest.files.filter(({ key }) => key.startsWith(`${table}/`)).map((file) => rowsOf(file, manifest)),
  );
  return (await Promise.all(files)).flat();
}

/** Objects that no manifest names, and uploads neither completed nor aborted. */
async function leftovers(): Promise<string[]> {
  const named = new Set((await manifests()).flatMap(({ files }) => files.map(({ key }) => key)));
  const unnamed = (await bucket.keys()).filter((key) => !isManifest(key) && !named.has(key));
  return [...unnamed, ...(await bucket.openUploads())];
}

/** Denies writing manifests to a table's folder until it is undone. */
async function failingCommit(table: string): Promise<() => Promise<void>> {
  const before = policy;
  const manifest = `${bucket.arn}/${table}/*_manifest.json`;
  await setPolicy([...before, { Effect: "Deny", Action: [WRITE], Resource: [manifest], users: [writer] }]);
  return () => setPolicy(before);
}

/** The tests' S3 server, in a dedicated bucket, as a user with only the generated policy's rights. */
export const s3Harness: FilesHarness = {
  name: "S3 (versitygw)",
  isSampled: false,
  holds: "files",
  type: "s3",
  carriesNul: true,
  carriesBigIntegers: true,
  open,
  close: () => bucket.remove(),
  // Exports never share a folder: each has its own within the table's.
  destination: (table) => ({ type: "s3", prefix: `${table}/${randomUUID().slice(0, 8)}/` }),
  config,
  rows,
  leftovers,
  weak: { config: async () => ({ ...config(), ...weak }), missing: WRITE },
  wrongConfig: () => ({ secretAccessKey: "wrong" }),
  failingCommit,
};
