import { ServiceError } from "@temporalio/client";
import { describe, expect, it } from "vitest";
import type { AppError } from "@/lib/errors";
import { unstarted } from "./ledger/unstarted";
import { temporalError } from "./temporal";

/** An error as gRPC throws it: with code, details, and metadata. */
const grpc = (code: number, details = "words of the server") =>
  Object.assign(new Error(`${code} X: ${details}`), { code, details, metadata: {} });
const wrapped = (code: number) => new ServiceError("Failed to create schedule", { cause: grpc(code) });

describe("an error of Temporal's", () => {
  it.each([
    ["UNAVAILABLE", grpc(14)],
    ["DEADLINE_EXCEEDED", wrapped(4)],
    ["CANCELLED", grpc(1)],
    ["a wait for the connection", new Error("Failed to connect before the deadline")],
    ["a socket's", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
  ])("is “can't be reached” for %s", (_, error) => {
    expect(temporalError(error)).toMatchObject({ code: "temporal_unavailable", status: 503 });
    expect(unstarted(temporalError(error))).toMatchObject({ code: "temporal_unavailable", retryable: true });
  });

  it.each([
    [3, "INVALID_ARGUMENT"],
    [5, "NOT_FOUND"],
    [7, "PERMISSION_DENIED"],
    [8, "RESOURCE_EXHAUSTED"],
    [13, "INTERNAL"],
    [16, "UNAUTHENTICATED"],
    [99, "UNKNOWN"],
  ])("with the status %d is a refusal with %s", (code, name) => {
    for (const error of [grpc(code), wrapped(code)]) {
      const answered = temporalError(error) as AppError;
      expect(answered).toMatchObject({ code: "temporal_refused", status: 503 });
      expect(answered.message).toContain(`Temporal refused with ${name}, so nothing was changed.`);
      expect(answered.message).not.toMatch(/reached|words of the server/);
      const kept = unstarted(answered);
      expect(kept).toMatchObject({ code: "temporal_refused", message: expect.stringContaining(name) });
      expect(kept.fix).toMatch(/Then retry the run\.$/);
    }
  });

  it("that is no answer and no connection's stays what it is", () => {
    const error = new TypeError("a fault of ours");
    expect(temporalError(error)).toBe(error);
    expect(unstarted(error)).toMatchObject({ code: "internal_error", message: expect.stringContaining("TypeError") });
    expect(unstarted(error).message).not.toContain("reached");
  });
});
