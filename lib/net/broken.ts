/** Node's codes, and those of its clients, for a connection that does not come about, breaks, or is silent for too long. */
const CODES =
  /^(E(ADDR|AI_|CONN|HOST|NET)[A-Z_]*|E(NOENT|NOTFOUND|PIPE|PROTO|SOCKET|TIMEDOUT)|ERR_(HTTP2|SOCKET|STREAM)_[A-Z_]+|HPE_[A-Z_]+|UND_ERR_[A-Z_]+|TimeoutError)$/;

/** What the clients say where they give no code. */
const WORDS =
  /socket hang up|connection (error|terminated|timeout)|failed to connect|timeout (error|exceeded|expired)|read timeout|not queryable|\b(aborted|premature close)\b/i;

/** Drivers throw objects of their own too. */
interface Thrown {
  code?: unknown;
  name?: string;
  message?: string;
  cause?: Thrown | null;
}

/**
 * Whether an error, or one that caused it, is about the connection rather than an answer: then its code, "" where it has none.
 * Null for everything else, which must not be called unreachable.
 */
export function brokenBy(error: unknown): string | null {
  for (let at = error as Thrown | null | undefined, depth = 0; at && depth < 5; at = at.cause, depth += 1) {
    const { code, name = "", message = "" } = at;
    if (typeof code === "string" && CODES.test(code)) return code;
    if (name === "TimeoutError" || name === "AbortError") return name;
    if (WORDS.test(message)) return "";
  }
  return null;
}

/** What an error that nobody foresaw may be called in a message: its code, or its class; never its words. */
export function nameOfError(error: unknown): string {
  const { code, name } = (error ?? {}) as Thrown;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : (name ?? "an unknown error");
}
