import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { createExportSchema } from "@/lib/schemas/export";
import { validate } from "./validation";

const good = {
  name: "Events",
  connectionId: "5b0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10",
  destination: { type: "s3" },
  schedule: { every: "hour" },
};

const refusal = (value: unknown): AppError => {
  try {
    validate(createExportSchema, value);
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error("nothing was refused");
};

describe("the words of a refusal", () => {
  it.each([
    [{ ...good, name: undefined }, "name is required"],
    [{ ...good, name: 7 }, "name must be a string"],
    [{ ...good, name: "x".repeat(121) }, "name must be at most 120 characters"],
    [{ ...good, connectionId: "7" }, "connectionId must be an id as the API returns them"],
    [{ ...good, destination: { type: "s3", maxFileSizeMb: 0 } }, "destination.maxFileSizeMb must be at least 1"],
    [
      { ...good, destination: { type: "s3", compression: "zip" } },
      "destination.compression must be one of none, gzip, zstd, snappy, lz4",
    ],
    [
      { ...good, destination: { type: "s3", encryption: "aws:kms" } },
      "destination.kmsKeyId is required with the encryption aws:kms",
    ],
    [{ ...good, filters: { includeEvents: [""] } }, "filters.includeEvents.0 must not be empty"],
    [
      { ...good, schedule: { every: "year" } },
      "schedule.every must be one of 5m, 15m, hour, 4h, 6h, 8h, 12h, 24h, day, week, once",
    ],
    [{ ...good, endAt: "soon" }, "endAt must be a time like 2026-03-29T00:00:00Z (ISO-8601 with Z or an offset)"],
    [{ ...good, startAt: "2026-03-02T00:00:00Z", endAt: "2026-03-01T00:00:00Z" }, "endAt must be after the start date"],
    [[], "The request must be an object"],
    [{ ...good, name: "", paused: "no" }, "name is required (and 1 more)"],
  ])("%#: begin with the field", (value, message) => {
    const error = refusal(value);
    expect(error).toMatchObject({ status: 422, code: "invalid_request", message });
  });

  it("have every field in the details", () => {
    expect(refusal({ ...good, name: "", paused: "no" }).details).toEqual([
      { path: "name", message: "is required" },
      { path: "paused", message: "must be a boolean" },
    ]);
  });

  it("name an unknown variable of a prefix", () => {
    const error = refusal({ ...good, destination: { type: "s3", prefix: "a/{yaer}/" } });
    expect(error.message).toContain("destination.prefix has the unknown variable {yaer}");
  });
});
