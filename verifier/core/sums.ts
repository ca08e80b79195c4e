import type { Reporter } from "./finding";
import type { Receipt, Receipt2 } from "./shapes/receipt";

const sum = <T>(items: readonly T[], pick: (item: T) => number) => items.reduce((total, item) => total + pick(item), 0);

/** Checks that a receipt agrees with itself. */
export function checkSums(receipt: Receipt, reporter: Reporter): void {
  const { files, tables, rows, bytes, source } = receipt;
  reporter.same(
    "sum of rows",
    rows,
    sum(files, (file) => file.rows),
  );
  reporter.same(
    "sum of bytes",
    bytes,
    sum(files, (file) => file.bytes),
  );
  if (tables)
    reporter.same(
      "sum of tables",
      rows,
      sum(tables, (table) => table.rows),
    );
  reporter.same("source rows", rows, source.rows);
  if (receipt.replaced !== undefined && receipt.replacements)
    reporter.same(
      "sum of replaced",
      receipt.replaced,
      sum(receipt.replacements, ({ values }) => values),
    );
  if (receipt.intervalStart >= receipt.intervalEnd)
    reporter.wrong("window", `an end after ${receipt.intervalStart}`, receipt.intervalEnd);
  if (receipt.version === 2) checkAccounting(receipt, reporter);
}

/** Every row that arrived in the window is accounted for. */
function checkAccounting({ accounting, rows, location }: Receipt2, reporter: Reporter): void {
  for (const table of accounting) {
    const { excludedByEvent, excludedByProperty, olderVersions, deleted, duplicates } = table;
    const left = table.inWindow - excludedByEvent - excludedByProperty - olderVersions - deleted - duplicates;
    reporter.same(`accounting of ${table.table}`, table.selected, left);
    // Only a warehouse has a row for each ID of a person.
    if ("bucket" in location && table.expandedTo !== table.selected)
      reporter.wrong(`accounting of ${table.table}`, table.selected, table.expandedTo);
  }
  reporter.same(
    "accounting",
    rows,
    sum(accounting, ({ expandedTo }) => expandedTo),
  );
}
