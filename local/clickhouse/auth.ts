import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { EngineError } from "./errors";

export type Credentials = { user: string; password: string };

/**
 * Lets a request pass that names the user and password by Basic auth, `X-ClickHouse-*` headers or URL parameters.
 * @throws EngineError AUTHENTICATION_FAILED otherwise.
 */
export function authenticate(request: IncomingMessage, params: URLSearchParams, expected: Credentials): void {
  const given = credentials(request, params);
  if (same(given.user, expected.user) && same(given.password, expected.password)) return;
  throw new EngineError(
    516,
    "AUTHENTICATION_FAILED",
    `${given.user}: Authentication failed: password is incorrect, or there is no user with such name.`,
  );
}

function credentials(request: IncomingMessage, params: URLSearchParams): Credentials {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (basic) {
    const [user, ...password] = Buffer.from(basic, "base64").toString("utf8").split(":");
    return { user: user ?? "", password: password.join(":") };
  }
  const header = (name: string) => request.headers[name]?.toString();
  return {
    user: header("x-clickhouse-user") ?? params.get("user") ?? "default",
    password: header("x-clickhouse-key") ?? params.get("password") ?? "",
  };
}

/** Hashes first, so that the time taken says nothing about where two secrets differ. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
