import type { Receipt2 } from "../core/shapes/receipt";

const hash = "0".repeat(64);
const id = "00000000-0000-4000-8000-000000000001";

/** A receipt of the right form, with a signature that nobody made. */
export const receipt = {
  version: 2,
  type: "receipt",
  exportId: id,
  runId: id,
  requestId: "r",
  export: { name: "Events", configurationHash: hash },
  intervalStart: "2026-03-29T00:00:00.000Z",
  intervalEnd: "2026-03-29T01:00:00.000Z",
  location: { type: "s3", endpoint: "https://s3", bucket: "b", prefix: "p/" },
  layout: "template",
  format: "jsonl",
  compression: "gzip",
  source: {
    rows: 5,
    fingerprint: "12345678901234567890",
    query: "SELECT 1",
    params: {},
    formula: "sum",
    host: "ch",
    version: "25",
    askedAt: "2026-03-29T02:00:00.000Z",
    accounting: { query: "SELECT 2", params: {} },
  },
  accounting: [
    {
      table: "events",
      inWindow: 15,
      olderVersions: 1,
      deleted: 1,
      duplicates: 2,
      excludedByEvent: 2,
      excludedByProperty: 4,
      selected: 5,
      expandedTo: 5,
    },
  ],
  rows: 5,
  bytes: 30,
  replaced: 3,
  replacements: [{ table: "events", column: "properties", reason: "nul", values: 3 }],
  compared: "listing",
  files: [
    { key: "p/a", rows: 2, bytes: 10, sha256: hash, etag: "e" },
    { key: "p/b", rows: 3, bytes: 20, sha256: hash, etag: "e" },
  ],
  sequence: 1,
  previous: null,
  supersedes: null,
  chain: "objects",
  committedAt: "2026-03-29T02:00:00.000Z",
  signature: { alg: "EdDSA", kid: "k", value: "v" },
} satisfies Receipt2;
