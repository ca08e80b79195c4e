import pino, { type Logger } from "pino";
import { logFields } from "./log-fields";

let logger: Logger | undefined;

/**
 * The process's log: one JSON object per line on stdout, with the fields of the current request or step. Never log settings, headers, or bodies: they may hold secrets.
 */
export const getLogger = (): Logger => {
  logger ??= pino({
    level: process.env.LOG_LEVEL ?? "info",
    base: { name: "penstock" },
    // A line's own fields win.
    mixin: () => ({ ...logFields() }),
  });
  return logger;
};

/** The loggable part of an unknown error. A failed query's error carries its parameters, which must not be logged. */
export function loggable(error: unknown): { type: string; message: string; code: string | null; stack: string | null } {
  if (!(error instanceof Error)) return { type: typeof error, message: "not an Error", code: null, stack: null };
  // Drizzle wraps PostgreSQL's error; its own message is the statement with all parameters.
  const source = error.cause instanceof Error && error.message.startsWith("Failed query") ? error.cause : error;
  const { code } = source as { code?: unknown };
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: source.name,
    message: source.message,
    code: typeof code === "string" || typeof code === "number" ? String(code) : null,
    stack: frames?.slice(0, 12).join("\n") ?? null,
  };
}
