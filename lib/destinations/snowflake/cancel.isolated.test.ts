import { afterEach, expect, it, vi } from "vitest";
import { type Answered, startServer } from "@/testing/stand-ins/snowflake-server";
import { withSnowflake } from "./client";
import { snowflakeConfigSchema, snowflakeSecretSchema } from "./schema";

// The test server listens on the loopback.
vi.mock("../../env", () => ({
  getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1", ALLOWED_CLEARTEXT_HOSTS: "127.0.0.1" }),
}));

let server: Awaited<ReturnType<typeof startServer>>;
afterEach(() => server?.close());

/** Lets anybody in, and never finishes a statement. */
function answer(url: string): Answered {
  const ok = (data: object | null) => ({ json: { data, code: null, message: null, success: true } });
  if (url.startsWith("/session/v1/login-request"))
    return ok({ token: "t", masterToken: "m", parameters: [], sessionId: 1, sessionInfo: {} });
  if (!url.startsWith("/queries/v1/query-request") && !url.startsWith("/queries/q/result")) return ok(null);
  const data = { queryId: "q", getResultUrl: "/queries/q/result" };
  return { json: { data, code: "333333", message: "Query execution in progress.", success: true } };
}

it("cancels a statement with the signal", async () => {
  const step = new AbortController();
  server = await startServer(({ url }) => {
    // The driver asks whether the statement has finished.
    if (url.startsWith("/queries/q/result")) step.abort(new Error("canceled"));
    return answer(url);
  });
  const config = snowflakeConfigSchema.parse({
    account: "a",
    username: "u",
    auth: "password",
    warehouse: "w",
    database: "d",
    accessUrl: server.url,
  });
  const secret = snowflakeSecretSchema.parse({ password: "p" });
  const asking = withSnowflake({ config, secret, externalId: "" }, (session) =>
    session.query("SELECT 1", [], step.signal),
  );
  await expect(asking).rejects.toThrow("canceled");
  expect(server.asked.map(({ url }) => url.replace(/\?.*/, ""))).toContain("/queries/q/abort-request");
});
