/** What a check found, by the cause of its alert, to follow the export's name. */
const FOUND: Record<string, string> = {
  check_source_late: "rows arrived late",
  check_source_shrunk: "the source has fewer rows than were exported",
  check_source_gone: "the source no longer has the exported rows",
  check_source_changed: "the exported rows have changed in the source",
  check_destination_missing: "exported data is missing",
  check_destination_changed: "exported data has changed",
  check_destination_extra: "the destination has more than was exported",
  check_destination_unreadable: "exported data can’t be read",
};

/** The subject and the first sentence of an alert about what a check found; `what` is the export's quoted name. */
export const findingHeadline = (what: string, cause: string): { subject: string; lead: string } => ({
  subject: `${what}: ${FOUND[cause] ?? "a check found something"}`,
  lead: `A check of the export ${what} found something that Penstock doesn’t fix automatically.`,
});
