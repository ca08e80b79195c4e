import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import type { EndedRuns, RunTag } from "../types";

/** A run of no export, for a table that is dropped again. */
export const probeRun = (): RunTag => ({
  id: randomUUID(),
  requestId: "verify",
  exportId: randomUUID(),
  sourceProjectId: 0,
  window: { start: new Date(0), end: new Date(1) },
  exportedAt: new Date(0),
  fence: 1,
});

/** A probe cleans up nothing: testing a connection must not remove what runs have staged. */
export const nobodys: EndedRuns = async () => new Set<string>();

/**
 * A Parquet file with one row of merged ids, Snappy-compressed like exports to Snowflake: made with pyarrow, without
 * dictionaries and statistics. Its amplitude_id is 2^53 + 1.
 */
const PROBE_FILE = Buffer.from(
  [
    "UEFSMRUAFRwVICwVAhUAFQYVBhwAAAAONAIAAAACAQEAAAAAAAAAFQAVHBUgLBUCFQAVBhUGHAAAAA40AgAAAAIBAQAAAAAAAAAVABUcFSAsFQ",
    "IVABUGFQYcAAAADjQCAAAAAgEBAAAAAAAgABUAFRwVICwVAhUAFQYVBhwAAAAONAIAAAACAQIAAAAAAAAAFQAVHBUgLBUCFQAVBhUGHAAAAA40",
    "AgAAAAIBAOBRah5OBgAVBBlsNQAYBnNjaGVtYRUKABUEJQIYB3RlYW1faWQAFQQlAhgFc2NvcGUAFQQlAhgMYW1wbGl0dWRlX2lkABUEJQIYE2",
    "1lcmdlZF9hbXBsaXR1ZGVfaWQAFQQlAhgKbWVyZ2VfdGltZSUUTIwRHCwAAAAAABYCGRwZXCYAHBUEGSUGABkYB3RlYW1faWQVAhYCFkIWRiYI",
    "SRwVABUAFQIAPCkGGSYAAgAAACYAHBUEGSUGABkYBXNjb3BlFQIWAhZCFkYmTkkcFQAVABUCADwpBhkmAAIAAAAmABwVBBklBgAZGAxhbXBsaX",
    "R1ZGVfaWQVAhYCFkIWRiaUAUkcFQAVABUCADwpBhkmAAIAAAAmABwVBBklBgAZGBNtZXJnZWRfYW1wbGl0dWRlX2lkFQIWAhZCFkYm2gFJHBUA",
    "FQAVAgA8KQYZJgACAAAAJgAcFQQZJQYAGRgKbWVyZ2VfdGltZRUCFgIWQhZGJqACSRwVABUAFQIAPCkGGSYAAgAAABbKAhYCJggW3gIAKCBwYX",
    "JxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRlcHAAAHAAAHAAAHAAAHAAAAL4BAABQQVIx",
  ].join(""),
  "base64",
);

export const probeFile = (): Readable => Readable.from([PROBE_FILE], { objectMode: false });
