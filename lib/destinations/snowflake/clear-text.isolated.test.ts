import { expect, it, vi } from "vitest";
import { withSnowflake } from "./client";
import { snowflakeConfigSchema, snowflakeSecretSchema } from "./schema";

const env = vi.hoisted(() => ({ ALLOWED_CLEARTEXT_HOSTS: "", ALLOWED_PRIVATE_HOSTS: "" }));
vi.mock("../../env", () => ({ getEnv: () => env }));

// The driver sends both in the body of its login request:
// https://github.com/snowflakedb/snowflake-connector-nodejs, lib/authentication/auth_default.js and
// auth_oauth_pat.js.
it.each([
  ["token", "access token"],
  ["password", "password"],
] as const)("with auth %s, the %s is named that was not sent in clear text", async (auth, what) => {
  const config = snowflakeConfigSchema.parse({
    account: "a",
    username: "u",
    auth,
    warehouse: "w",
    database: "d",
    accessUrl: "http://1.1.1.1",
  });
  const secret = snowflakeSecretSchema.parse({ [auth]: "secret" });
  await expect(withSnowflake({ config, secret, externalId: "" }, async () => {})).rejects.toMatchObject({
    failure: {
      code: "clear_text_password",
      message: `The ${what} wasn't sent, because the connection to 1.1.1.1 isn't encrypted.`,
      retryable: false,
    },
  });
});
