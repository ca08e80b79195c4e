import type { ConnectionConfig } from "../schemas/connection";

/** Where a connection leads, in a word: a bucket, a database with its schema, a dataset. */
export function placeOf(config: ConnectionConfig): string {
  if ("bucket" in config) return config.bucket;
  if ("dataset" in config) return `${config.projectId}.${config.dataset}`;
  return `${config.database}.${config.schema}`;
}
