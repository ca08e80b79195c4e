import { S3ServiceException } from "@aws-sdk/client-s3";

/** What the storage answered with an error. */
export interface Answered {
  /** Undefined where no answer came. */
  status: number | undefined;
  /** The error code, or what the SDK calls it; never the answer's own text. */
  name: string;
  /** The answer's own words: to look for known ones, never to repeat. */
  text: string;
}

/** What an error is called where the answer has no error code that the SDK can read. */
const NAMELESS = new Set(["Unknown", "UnknownError", "Error", "SyntaxError", "TypeError"]);

const NOTHING: Answered = { status: undefined, name: "", text: "" };

/**
 * Reads the answer out of what the SDK threw, also where its body is not S3's XML: a proxy's page, or no body at all. An error
 * with a code of Node's is the connection's own, even if the head of an answer came before it broke.
 */
export function answeredOf(error: unknown): Answered {
  if (!(error instanceof Error)) return NOTHING;
  const { $metadata, code } = error as Error & { $metadata?: { httpStatusCode?: number }; code?: unknown };
  if (typeof code === "string" && !(error instanceof S3ServiceException)) return NOTHING;
  const name = NAMELESS.has(error.name) ? "" : error.name;
  return { status: $metadata?.httpStatusCode, name, text: error.message };
}

export const statusOf = (error: unknown): number | undefined => answeredOf(error).status;
