import type { Failure } from "../errors";

type Known = Pick<Failure, "code" | "message" | "fix">;

const RETRY = "; then retry the run.";

const limit = (what: string, fix: string): Known => ({
  code: "source_limit",
  message: `ClickHouse ended the query: ${what}.`,
  fix: `${fix}${RETRY}`,
});

/** Limits of a profile end every try at the same point. */
const tooMuch = limit(
  "it reads or returns more than the user's profile allows",
  "Raise max_rows_to_read, max_bytes_to_read, and the other limits in the profile of Penstock's ClickHouse user, or shorten the export's windows",
);

const column = (message: string): Known => ({
  code: "source_column_type",
  message,
  fix: `Create a view of the source table whose columns have the types of the source contract${RETRY}`,
});

/** ClickHouse's error codes that a retry can't fix, with their fixes. Source: ErrorCodes.cpp of ClickHouse. */
const FINAL: Record<string, Known | ((text: string) => Known | null)> = {
  "516": {
    code: "source_credentials",
    message: "ClickHouse refused the user name or password.",
    fix: "Correct CLICKHOUSE_USERNAME and CLICKHOUSE_PASSWORD, restart, and retry the run.",
  },
  "497": {
    code: "source_permission",
    message: "The ClickHouse user can't read the source table.",
    fix: "Grant SELECT on the tables events, persons, and merged_ids to Penstock's user. The Source page has the statements.",
  },
  "164": {
    code: "source_readonly",
    message:
      "The ClickHouse user has readonly = 1, which doesn't allow the settings that Penstock sends with its queries.",
    fix: "Set readonly = 2 in the user's profile, which doesn't allow writes either; then retry the run.",
  },
  "452": (text) => ({
    code: "source_setting",
    message: `The profile of the ClickHouse user doesn't allow changing ${/\bSetting (\w+)/.exec(text)?.[1] ?? "a setting"}, which Penstock sends with its queries.`,
    fix: `Remove the constraint from the profile of Penstock's ClickHouse user. The Source page lists every setting${RETRY}`,
  }),
  "115": {
    code: "source_too_old",
    message: "ClickHouse doesn't know a setting that Penstock sends.",
    fix: "Upgrade ClickHouse to 25.3 or newer; then retry the run.",
  },
  "60": {
    code: "source_table_missing",
    message: "The source table doesn't exist in ClickHouse.",
    fix: "Create the table, or a view with that name and the columns of the source contract, in CLICKHOUSE_DATABASE.",
  },
  "81": {
    code: "source_database_missing",
    message: "The database doesn't exist in ClickHouse.",
    fix: "Correct CLICKHOUSE_DATABASE and restart.",
  },
  "70": {
    code: "source_value_too_large",
    message: "A whole number in the source table doesn't fit in a signed 64-bit integer.",
    fix: "Correct the value, or create a view of the source table without it; then retry the run.",
  },
  "62": {
    code: "source_query",
    message: "ClickHouse can't parse the query or the values of the export's filters.",
    fix: "Shorten the lists of the export's filters, and check that ClickHouse is 25.3 or newer; then retry the run.",
  },
  "457": {
    code: "source_query",
    message: "ClickHouse can't parse a value of the export's filters.",
    fix: "Correct the values of the export's filters; then retry the run.",
  },
  "47": {
    code: "source_column_missing",
    message: "The source table doesn't have a column of the source contract.",
    fix: "Add the column, or create a view that has it. docs/source.md lists every column and its type.",
  },
  "43": column("A column of the source table has a type that Penstock can't read."),
  "53": column("A column of the source table has a type that can't be compared with the type in the source contract."),
  "386": column("Columns of the source table have incompatible types."),
  "201": limit(
    "its user's quota is used up",
    "Raise the quota of Penstock's ClickHouse user, or wait for its next interval",
  ),
  // Server-wide memory pressure passes; a limit per query or user does not.
  "241": (text) =>
    text.includes("(total)")
      ? null
      : limit(
          "it needs more memory than its user's profile allows",
          "Raise max_memory_usage in the profile of Penstock's ClickHouse user, or set max_bytes_before_external_sort and max_bytes_before_external_group_by there",
        ),
  "158": tooMuch,
  "307": tooMuch,
  "396": tooMuch,
  "191": tooMuch,
  "160": limit(
    "it runs slower than the user's profile allows",
    "Raise max_estimated_execution_time and lower min_execution_speed in the profile of Penstock's ClickHouse user",
  ),
  "288": {
    code: "source_distributed",
    message: "The source table is distributed, and ClickHouse doesn't allow a subquery of it.",
    fix: `Create a view of the source table that reads it with GLOBAL IN, or use the local table if one server has all rows${RETRY}`,
  },
};

/** Errors worth a retry, and where to look. */
const PASSING: Record<string, Known> = {
  "159": {
    code: "source_timeout",
    message: "ClickHouse ended the query because it took too long.",
    fix: "Choose a shorter range, or check what else is running on the source.",
  },
  "241": {
    code: "source_memory",
    message: "ClickHouse ended the query because the server's memory was used up.",
    fix: "Check what else is running on the source.",
  },
  "279": {
    code: "source_shard",
    message: "A shard of the source couldn't be reached. A result without it would be missing rows.",
    fix: "Bring the shard back. No run completes without it.",
  },
  "369": {
    code: "source_stale",
    message: "Every replica of the source lags behind by more than the settle time.",
    fix: "Find out what delays replication, or set a longer settle time.",
  },
};

/** What a ClickHouse error means, by its code and text; null if unknown. */
export function knownError(code: string, text: string): Pick<Failure, "code" | "message" | "fix" | "retryable"> | null {
  const found = FINAL[code];
  const final = typeof found === "function" ? found(text) : found;
  if (final) return { ...final, retryable: false };
  const passing = PASSING[code];
  return passing ? { ...passing, retryable: true } : null;
}
