import {
  anything,
  count,
  list,
  nullable,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  type TypeOf,
  text,
} from "./shape";
import { fingerprint, hash, id, signature, time } from "./values";

export const file = object({
  key: text,
  rows: count,
  bytes: count,
  sha256: hash,
  etag: text,
  encryption: optional(anything),
});

const table = object({ table: text, rows: count, loaded: count, rejected: count, jobs: list(text) });
const replacement = object({ table: text, column: text, reason: text, values: count });

/** What the verifier doesn't compare may be null, such as columns that only a source with groups has. */
const accounted = object({
  table: text,
  inWindow: count,
  olderVersions: count,
  deleted: count,
  duplicates: count,
  excludedByEvent: count,
  excludedByProperty: count,
  selected: count,
  expandedTo: count,
});

const source = object({
  rows: count,
  fingerprint,
  query: text,
  params: record,
  formula: text,
  host: text,
  version: text,
  askedAt: time,
  accounting: object({ query: text, params: record }),
});

const bucket = object({ type: text, endpoint: nullable(text), bucket: text, prefix: text });
const warehouse = object({
  type: text,
  account: text,
  database: nullable(text),
  schema: nullable(text),
  table: nullable(text),
});
const location: Shape<TypeOf<typeof bucket> | TypeOf<typeof warehouse>> = (value, path) =>
  record(value, path) ?? ("bucket" in (value as object) ? bucket : warehouse)(value, path);

const common = {
  exportId: id,
  runId: id,
  requestId: text,
  intervalStart: time,
  intervalEnd: time,
  rows: count,
  bytes: count,
  replaced: optional(count),
  replacements: optional(list(replacement)),
  replacedCharacters: optional(count),
  files: list(file),
  tables: optional(list(table)),
};

const link = { version: oneOf(2), sequence: count, previous: nullable(hash), committedAt: time, signature };

export const receipt2 = object({
  ...common,
  ...link,
  type: oneOf("receipt"),
  export: object({ name: text, configurationHash: hash }),
  location,
  layout: nullable(text),
  format: nullable(oneOf("jsonl", "csv", "xml", "parquet")),
  compression: nullable(oneOf("none", "gzip", "zstd", "snappy", "lz4")),
  source,
  accounting: list(accounted),
  compared: nullable(oneOf("listing", "head", "no")),
  genesis: optional(object({ receipts: count, sha256: hash })),
  supersedes: nullable(object({ runId: id, sha256: nullable(hash), reason: text })),
  chain: oneOf("objects", "api"),
});

export const voidLink = object({
  ...link,
  type: oneOf("void"),
  exportId: id,
  runId: id,
  voids: object({ sequence: count, sha256: hash, reason: text }),
});

export const receipt1 = object({
  ...common,
  version: oneOf(1),
  source: object({ rows: count, fingerprint: text, query: text, params: record }),
});

export type ReceiptFile = TypeOf<typeof file>;
export type Receipt2 = TypeOf<typeof receipt2>;
export type VoidLink = TypeOf<typeof voidLink>;
export type Receipt1 = TypeOf<typeof receipt1>;
export type Receipt = Receipt1 | Receipt2;
export type Link = Receipt2 | VoidLink;
