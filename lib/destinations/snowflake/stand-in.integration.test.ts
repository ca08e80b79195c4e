import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Fakesnow, startFakesnow } from "@/testing/stack/fakesnow";
import { withSnowflake } from "./client";
import { snowflakeFailure } from "./errors";
import { snowflakeConfigSchema, snowflakeSecretSchema } from "./schema";

// The stand-in listens on the loopback, and needs nothing else of the stack.
vi.mock("../../env", () => ({ getEnv: () => ({ ALLOWED_PRIVATE_HOSTS: "127.0.0.1" }) }));

let fakesnow: Fakesnow;
beforeAll(async () => {
  fakesnow = await startFakesnow(join(process.env.PENSTOCK_LOG_DIR ?? tmpdir(), "fakesnow-alone.log"));
}, 120_000);
afterAll(() => fakesnow?.stop());

describe("signing in", () => {
  const signIn = (auth: "token" | "password", value: string) => {
    const config = snowflakeConfigSchema.parse({ ...fakesnow.connection, auth });
    const secret = snowflakeSecretSchema.parse({ [auth]: value });
    return withSnowflake({ config, secret, externalId: "" }, (session) => session.query('SELECT 1 AS "ONE"')).then(
      ({ rows }) => rows,
      (error) => snowflakeFailure(error, config).failure,
    );
  };

  // https://docs.snowflake.com/en/user-guide/programmatic-access-tokens, and for passwords
  // https://docs.snowflake.com/en/user-guide/security-mfa-rollout
  it("takes a programmatic access token, and no password", async () => {
    expect(await signIn("token", fakesnow.token)).toEqual([{ ONE: "1" }]);
    expect(await signIn("token", "another")).toMatchObject({ code: "bad_credentials", retryable: false });
    expect(await signIn("password", "any")).toMatchObject({ code: "bad_credentials", retryable: false });
  });
});
