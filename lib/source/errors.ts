import { ClickHouseError } from "@clickhouse/client";
import { ExportError, type Failure } from "../errors";

type Known = Pick<Failure, "code" | "message" | "fix">;

/** ClickHouse's error codes that trying again can't mend. Source: ErrorCodes.cpp of ClickHouse. */
const FINAL: Record<string, Known> = {
  "516": {
    code: "source_credentials",
    message: "ClickHouse refused the user name or password.",
    fix: "Correct CLICKHOUSE_USERNAME and CLICKHOUSE_PASSWORD, restart, and retry the run.",
  },
  "497": {
    code: "source_permission",
    message: "The ClickHouse user may not read the source table.",
    fix: "Grant SELECT on the tables events, persons and merged_ids to the user that Penstock signs in with.",
  },
  "164": {
    code: "source_readonly",
    message: "The ClickHouse user has readonly = 1, which refuses the settings that Penstock sends with its queries.",
    fix: "Set readonly = 2 in the user's profile: it refuses writes just the same. Then retry the run.",
  },
  "115": {
    code: "source_too_old",
    message: "ClickHouse does not know a setting that Penstock sends.",
    fix: "Upgrade ClickHouse to 25.3 or newer; then retry the run.",
  },
  "60": {
    code: "source_table_missing",
    message: "The source table does not exist in ClickHouse.",
    fix: "Create the table, or a view of that name with the columns of the source contract, in CLICKHOUSE_DATABASE.",
  },
  "81": {
    code: "source_database_missing",
    message: "The database does not exist in ClickHouse.",
    fix: "Correct CLICKHOUSE_DATABASE and restart.",
  },
  "70": {
    code: "source_value_too_large",
    message: "A whole number in the source table does not fit into 64 bits with a sign.",
    fix: "Correct the value, or give a view of the source table without it; then retry the run.",
  },
  "47": {
    code: "source_column_missing",
    message: "The source table lacks a column of the source contract.",
    fix: "Add the column, or give a view that has it; the README lists every column and its type.",
  },
};

/** Node's codes for certificates that don't convince it. Source: the TLS chapter of Node's documentation. */
const isUntrusted = (error: unknown) =>
  /^(CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET_ISSUER|VERIFY))/.test(
    (error as { code?: string })?.code ?? "",
  );

/** Turns whatever a query threw into an `ExportError`; everything but a known misconfiguration is worth another try. */
export function sourceFailure(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  if (error instanceof ClickHouseError) {
    const known = FINAL[error.code];
    if (known) return new ExportError({ ...known, retryable: false }, { cause: error });
    const message = `ClickHouse answered with error ${error.code}${error.type ? ` (${error.type})` : ""}.`;
    return new ExportError({ code: "source_error", message, fix: null, retryable: true }, { cause: error });
  }
  if (isUntrusted(error)) {
    const failure = {
      code: "source_certificate",
      message: `ClickHouse's TLS certificate is not trusted: ${(error as Error).message}.`,
      fix: "Set CLICKHOUSE_CA_CERT to a file with the certificate of its CA, or give it a certificate for the host in CLICKHOUSE_URL.",
    };
    return new ExportError({ ...failure, retryable: false }, { cause: error });
  }
  return new ExportError(
    {
      code: "source_unreachable",
      message: "ClickHouse could not be reached, or the connection to it broke.",
      fix: "Check that ClickHouse runs and that CLICKHOUSE_URL is its HTTP address.",
      retryable: true,
    },
    { cause: error },
  );
}
