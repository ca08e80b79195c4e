import { ClickHouseError } from "@clickhouse/client";
import { ExportError, type Failure } from "../errors";
import { brokenBy, nameOfError } from "../net/broken";
import { knownError } from "./known-errors";

/** Node's codes for untrusted certificates. Source: the TLS chapter of Node's documentation. */
const isUntrusted = (error: unknown) =>
  /^(CERT_|ERR_TLS_CERT|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_(GET_ISSUER|VERIFY))/.test(
    (error as { code?: string })?.code ?? "",
  );

/** Converts any error of a query into an `ExportError`; all but known misconfigurations are retryable. */
export function sourceFailure(error: unknown): ExportError {
  if (error instanceof ExportError) return error;
  if (error instanceof ClickHouseError) {
    const known = knownError(error.code, error.message);
    if (known) return new ExportError(known, { cause: error });
    const message = `ClickHouse responded with error ${error.code}${error.type ? ` (${error.type})` : ""}.`;
    return new ExportError({ code: "source_error", message, fix: null, retryable: true }, { cause: error });
  }
  if (isUntrusted(error)) {
    const failure = {
      code: "source_certificate",
      message: `ClickHouse's TLS certificate isn't trusted: ${(error as Error).message}.`,
      fix: "Set CLICKHOUSE_CA_CERT to a file with the certificate of its CA, or use a certificate for the host in CLICKHOUSE_URL.",
    };
    return new ExportError({ ...failure, retryable: false }, { cause: error });
  }
  return new ExportError(brokenBy(error) === null ? unreadable(error) : UNREACHABLE, { cause: error });
}

const UNREACHABLE: Failure = {
  code: "source_unreachable",
  message: "ClickHouse couldn't be reached, or the connection to it broke.",
  fix: "Check that ClickHouse is running and that CLICKHOUSE_URL is its HTTP address.",
  retryable: true,
};

/** A proxy's page instead of ClickHouse's response, or an error within the client. */
const unreadable = (error: unknown): Failure => ({
  code: "source_error",
  message: `The query failed without a ClickHouse error code (${nameOfError(error)}).`,
  fix: "Check that CLICKHOUSE_URL is the address of ClickHouse's HTTP interface, and check the responses of any proxy in front of it. The log has the full error.",
  retryable: true,
});
