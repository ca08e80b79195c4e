import { ClickHouseError } from "@clickhouse/client";
import { describe, expect, it } from "vitest";
import { sourceFailure } from "./errors";

const answered = (code: string, type = "X", message = "secret words") => new ClickHouseError({ code, type, message });
const broken = (code: string) => Object.assign(new Error("secret words"), { code });

describe("sourceFailure", () => {
  it.each([
    ["a wrong password", answered("516"), "source_credentials", false],
    ["a query that can't be read", answered("62", "SYNTAX_ERROR"), "source_query", false],
    ["a parameter that can't be read", answered("457", "BAD_QUERY_PARAMETER"), "source_query", false],
    ["a query's memory", answered("241", "X", "Query memory limit exceeded: secret words"), "source_limit", false],
    ["a user's memory", answered("241", "X", "User memory limit exceeded: secret words"), "source_limit", false],
    ["a full server", answered("241", "X", "(total) memory limit exceeded: secret words"), "source_memory", true],
    [
      "an older full server",
      answered("241", "X", "Memory limit (total) exceeded: secret words"),
      "source_memory",
      true,
    ],
    ["readonly = 1", answered("164"), "source_readonly", false],
    ["a type", answered("43"), "source_column_type", false],
    ["a quota", answered("201"), "source_limit", false],
    ["IN over a distributed table", answered("288"), "source_distributed", false],
    ["too many rows", answered("396"), "source_limit", false],
    ["too many rows to read", answered("158"), "source_limit", false],
    [
      "a forbidden setting",
      answered("452", "X", "Setting skip_unavailable_shards should not be changed"),
      "source_setting",
      false,
    ],
    ["no right to read", answered("497"), "source_permission", false],
    ["a shard that is away", answered("279"), "source_shard", true],
    ["stale replicas", answered("369"), "source_stale", true],
    ["an error nobody knows", answered("999"), "source_error", true],
    ["no listener", broken("ECONNREFUSED"), "source_unreachable", true],
    ["a reset", broken("ECONNRESET"), "source_unreachable", true],
    ["silence", new Error("Timeout error."), "source_unreachable", true],
    ["a query that was stopped", new Error("The user aborted a request."), "source_unreachable", true],
    ["a proxy's page", new Error("<html>secret words</html>"), "source_error", true],
    ["a fault of the client's", new TypeError("secret words"), "source_error", true],
    ["a certificate", broken("DEPTH_ZERO_SELF_SIGNED_CERT"), "source_certificate", false],
  ])("explains %s", (what, error, code, retryable) => {
    const { failure } = sourceFailure(error);
    expect(failure).toMatchObject({ code, retryable });
    if (what !== "a certificate") expect(failure.message).not.toContain("secret words");
    if (!retryable) expect(failure.fix).toBeTruthy();
  });

  it("names the setting that a profile forbids", () => {
    const { failure } = sourceFailure(answered("452", "X", "Setting limit shouldn't be greater than 10"));
    expect(failure.message).toContain("doesn't allow changing limit,");
  });
});
