import type { ServerResponse } from "node:http";

/** HTTP statuses of ClickHouse's exceptions by name, as its server gives them; every other one is 500. */
const STATUS_BY_NAME: Record<string, number> = {
  ...statuses(401, "REQUIRED_PASSWORD"),
  ...statuses(403, "UNKNOWN_USER WRONG_PASSWORD AUTHENTICATION_FAILED SET_NON_GRANTED_ROLE"),
  ...statuses(
    400,
    "BAD_ARGUMENTS CANNOT_COMPILE_REGEXP CANNOT_PARSE_TEXT CANNOT_PARSE_ESCAPE_SEQUENCE CANNOT_PARSE_QUOTED_STRING",
    "CANNOT_PARSE_DATE CANNOT_PARSE_DATETIME CANNOT_PARSE_NUMBER CANNOT_PARSE_IPV4 CANNOT_PARSE_IPV6 CANNOT_PARSE_UUID",
    "CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING CANNOT_PARSE_INPUT_ASSERTION_FAILED DUPLICATE_COLUMN ILLEGAL_COLUMN",
    "UNKNOWN_ELEMENT_IN_AST UNKNOWN_TYPE_OF_AST_NODE TOO_DEEP_AST TOO_BIG_AST UNEXPECTED_AST_STRUCTURE SYNTAX_ERROR",
    "INCORRECT_DATA TYPE_MISMATCH VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE",
  ),
  ...statuses(
    404,
    "UNKNOWN_TABLE UNKNOWN_FUNCTION UNKNOWN_IDENTIFIER UNKNOWN_TYPE UNKNOWN_STORAGE UNKNOWN_DATABASE UNKNOWN_SETTING",
    "UNKNOWN_DIRECTION_OF_SORTING UNKNOWN_AGGREGATE_FUNCTION UNKNOWN_FORMAT UNKNOWN_DATABASE_ENGINE",
    "UNKNOWN_TYPE_OF_QUERY NO_ELEMENTS_IN_CONFIG",
  ),
  ...statuses(408, "TIMEOUT_EXCEEDED"),
  ...statuses(501, "NOT_IMPLEMENTED"),
  ...statuses(503, "SOCKET_TIMEOUT CANNOT_OPEN_FILE CANNOT_SCHEDULE_TASK"),
};

function statuses(status: number, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.flatMap((line) => line.split(" ")).map((name) => [name, status]));
}

/** An exception of the engine: its number, its name, and its text as ClickHouse writes it. */
export class EngineError extends Error {
  constructor(
    readonly code: number,
    readonly exceptionName: string,
    message: string,
  ) {
    super(`Code: ${code}. DB::Exception: ${message} (${exceptionName})`);
  }

  get httpStatus(): number {
    return STATUS_BY_NAME[this.exceptionName] ?? 500;
  }

  /** Reads the engine's message; `offset` is how many characters of ours stood before the client's text. */
  static from(error: unknown, offset = 0): EngineError {
    if (error instanceof EngineError) return error;
    const text = error instanceof Error ? error.message : String(error);
    const match = /Code: (\d+)\. DB::Exception: ([\s\S]*?)\s*\((\w+)\)\s*$/.exec(text);
    if (!match) return new EngineError(1002, "UNKNOWN_EXCEPTION", text);
    return new EngineError(Number(match[1]), match[3]!, shiftPosition(match[2]!, offset));
  }

  /** The same exception with the positions in its text counted from where the client's text began. */
  static shifted(error: unknown, offset: number): EngineError {
    const { code, exceptionName, message } = EngineError.from(error);
    const text = message.slice(`Code: ${code}. DB::Exception: `.length, -` (${exceptionName})`.length);
    return new EngineError(code, exceptionName, shiftPosition(text, offset));
  }
}

function shiftPosition(message: string, offset: number): string {
  return message.replace(/failed at position (\d+)/, (whole, at) =>
    Number(at) > offset ? `failed at position ${Number(at) - offset}` : whole,
  );
}

/** Answers with an exception in the form `@clickhouse/client` parses. */
export function sendError(response: ServerResponse, error: EngineError, version: string): void {
  response.writeHead(error.httpStatus, {
    "Content-Type": "text/plain; charset=UTF-8",
    "X-ClickHouse-Exception-Code": String(error.code),
  });
  response.end(`${error.message} (version ${version})\n`);
}
