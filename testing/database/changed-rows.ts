/** A connection's audit entry with sealed keys among other changes, in PostgreSQL's field order. */
export const SEALED = [
  { after: "my-project", field: "config.projectId", before: null },
  { after: "v1.k1.c2VhbGVk/+==", field: "config.serviceAccountKey", before: null },
  { after: "v1.k1.not base64", field: "name", before: "v1.2" },
];

/** In PostgreSQL's field order: by length, then by bytes. */
const jsonb = (value: object) =>
  Object.fromEntries(
    Object.entries(value).toSorted(([a], [b]) => a.length - b.length || Buffer.compare(Buffer.from(a), Buffer.from(b))),
  );

/** An export to a warehouse has the settings that it used before they were configurable. */
function withNewSettings(row: Record<string, unknown>): Record<string, unknown> {
  const destination = row.destination as { type: string };
  if (destination.type === "s3") return row;
  const names = destination.type === "snowflake" ? { names: "upper" } : {};
  return { ...row, destination: jsonb({ ...destination, deletedPersons: "remove", ...names }) };
}

/** A bucket's connection has the settings that it used before they were configurable. */
function withBucketOwner(row: Record<string, unknown>): Record<string, unknown> {
  if (row.type !== "s3") return row;
  const added = { acl: null, expectedBucketOwner: null, requesterPays: false };
  return { ...row, config: jsonb({ ...added, ...(row.config as object) }) };
}

/** The audit log no longer contains sealed values. */
function withoutSeals(row: Record<string, unknown>): Record<string, unknown> {
  if (row.object_id !== "sealed") return row;
  const changes = SEALED.map((change) => (/Key$/.test(change.field) ? { ...change, after: null } : change));
  return { ...row, changes };
}

/** A run's row no longer contains its documents. */
function withoutDocuments({ receipt: _, source: __, spec: ___, ...row }: Record<string, unknown>) {
  return row;
}

/** What a migration changes on purpose. */
export const CHANGED: Record<string, (row: Record<string, unknown>) => Record<string, unknown>> = {
  connections: withBucketOwner,
  exports: withNewSettings,
  audit_log: withoutSeals,
  runs: withoutDocuments,
};
