import { S3ServiceException } from "@aws-sdk/client-s3";

/** An error response of the storage. */
export interface Answered {
  /** Undefined if no response came. */
  status: number | undefined;
  /** The error code, or the SDK's name for it; never the response's own text. */
  name: string;
  /** The response's text: matched against known words, never repeated. */
  text: string;
}

/** Error names for a response whose error code the SDK can't read. */
const NAMELESS = new Set(["Unknown", "UnknownError", "Error", "SyntaxError", "TypeError"]);

const NOTHING: Answered = { status: undefined, name: "", text: "" };

/**
 * Extracts the response from an SDK error, even if its body is not S3's XML: a proxy's page, or no body at all. An
 * error with a Node code is a connection error, even if a response's head came before it.
 */
export function answeredOf(error: unknown): Answered {
  if (!(error instanceof Error)) return NOTHING;
  const { $metadata, code } = error as Error & { $metadata?: { httpStatusCode?: number }; code?: unknown };
  if (typeof code === "string" && !(error instanceof S3ServiceException)) return NOTHING;
  const name = NAMELESS.has(error.name) ? "" : error.name;
  return { status: $metadata?.httpStatusCode, name, text: error.message };
}

export const statusOf = (error: unknown): number | undefined => answeredOf(error).status;
