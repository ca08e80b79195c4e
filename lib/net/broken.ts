/** Codes of Node and its clients for a connection that fails, breaks, or times out. */
const CODES =
  /^(E(ADDR|AI_|CONN|HOST|NET)[A-Z_]*|E(NOENT|NOTFOUND|PIPE|PROTO|SOCKET|TIMEDOUT)|ERR_(HTTP2|SOCKET|STREAM)_[A-Z_]+|HPE_[A-Z_]+|UND_ERR_[A-Z_]+|TimeoutError)$/;

/** What the clients say if they give no code. */
const WORDS =
  /socket hang up|connection (error|terminated|timeout)|failed to connect|timeout (error|exceeded|expired)|read timeout|not queryable|\b(aborted|premature close)\b/i;

/** Drivers also throw their own objects. */
interface Thrown {
  code?: unknown;
  name?: string;
  message?: string;
  cause?: Thrown | null;
}

/**
 * If an error, or one of its causes, is about the connection rather than a response, its code, or "" without one. Null
 * otherwise: other errors must not be called unreachable.
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

/** The name of an unexpected error in a message: its code or class, never its text. */
export function nameOfError(error: unknown): string {
  const { code, name } = (error ?? {}) as Thrown;
  return typeof code === "string" && /^\w{1,60}$/.test(code) ? code : (name ?? "an unknown error");
}
