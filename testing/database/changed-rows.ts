/** A connection's audit entry with sealed keys among other changes, in PostgreSQL's field order. */
export const SEALED = [
  { after: "my-project", field: "config.projectId", before: null },
  { after: "v1.k1.c2VhbGVk/+==", field: "config.serviceAccountKey", before: null },
  { after: "v1.k1.not base64", field: "name", before: "v1.2" },
];

/** An export to a warehouse has the setting that it used before it was configurable. */
function withDeletedPersons(row: Record<string, unknown>): Record<string, unknown> {
  const destination = row.destination as { type: string };
  return destination.type === "s3" ? row : { ...row, destination: { ...destination, deletedPersons: "remove" } };
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
  exports: withDeletedPersons,
  audit_log: withoutSeals,
  runs: withoutDocuments,
};
