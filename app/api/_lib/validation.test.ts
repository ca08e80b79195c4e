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

const property = { column: "properties", key: "k", operator: "equals" };

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
    [{ ...good, name: undefined }, "name: This field is required."],
    [{ ...good, name: 7 }, "name: Must be a string."],
    [{ ...good, name: "x".repeat(121) }, "name: Must be at most 120 characters."],
    [{ ...good, connectionId: "7" }, "connectionId: Must be an ID that the API returned."],
    [{ ...good, destination: { type: "s3", maxFileSizeMb: 0 } }, "destination.maxFileSizeMb: Must be at least 1."],
    [
      { ...good, destination: { type: "s3", compression: "zip" } },
      "destination.compression: Must be one of: none, gzip, zstd, snappy, lz4.",
    ],
    [
      { ...good, destination: { type: "s3", kmsKeyId: "key" } },
      "destination.kmsKeyId: Only for the encryption aws:kms or aws:kms:dsse.",
    ],
    [{ ...good, filters: { includeEvents: [""] } }, "filters.includeEvents.0: Enter an event name."],
    [
      { ...good, filters: { includeEvents: ["x".repeat(1001)] } },
      "filters.includeEvents.0: Must be at most 1000 characters.",
    ],
    [
      { ...good, filters: { excludeEvents: Array.from({ length: 1001 }, (_, index) => `e${index}`) } },
      "filters.excludeEvents: Must have at most 1000 items.",
    ],
    [
      { ...good, filters: { includeEvents: Array.from({ length: 900 }, (_, index) => `${index}`.padEnd(1000, "n")) } },
      "filters.includeEvents: The names take 908,100 bytes in a query. The limit is 128,000: remove some.",
    ],
    [
      { ...good, filters: { excludeEvents: Array.from({ length: 65 }, (_, index) => `${index}`.padEnd(987, "'")) } },
      "filters.excludeEvents: The names take 384,915 bytes in a query. The limit is 128,000: remove some.",
    ],
    [
      { ...good, filters: { properties: Array(50).fill({ ...property, value: "\u20ac".repeat(900) }) } },
      "filters.properties: The keys and values take 405,950 bytes in a query. The limit is 128,000: remove some.",
    ],
    [
      { ...good, schedule: { every: "year" } },
      "schedule.every: Must be one of: 5m, 15m, hour, 4h, 6h, 8h, 12h, 24h, day, week, once.",
    ],
    [{ ...good, endAt: "soon" }, "endAt: Must be a time like 2026-03-29T00:00:00Z (ISO 8601 with Z or an offset)."],
    [
      { ...good, startAt: "2026-03-02T00:00:00Z", endAt: "2026-03-01T00:00:00Z" },
      "endAt: Must be after the start date.",
    ],
    [[], "Must be an object."],
    [{ ...good, name: "", paused: "no" }, "name: Enter a name. (and 1 more)"],
  ])("%#: begin with the field", (value, message) => {
    const error = refusal(value);
    expect(error).toMatchObject({ status: 422, code: "invalid_request", message });
  });

  it("have every field in the details", () => {
    expect(refusal({ ...good, name: "", paused: "no" }).details).toEqual([
      { path: "name", message: "Enter a name." },
      { path: "paused", message: "Must be a boolean." },
    ]);
  });

  it("name an unknown variable of a prefix", () => {
    const error = refusal({ ...good, destination: { type: "s3", prefix: "a/{yaer}/" } });
    expect(error.message).toContain("destination.prefix: Unknown variable {yaer}");
  });
});

describe("a text that PostgreSQL can't keep", () => {
  const nested = (depth: number, inner: unknown) => {
    let value = inner;
    for (let level = 0; level < depth; level += 1) value = { a: [value] };
    return value;
  };

  it.each([
    [
      { ...good, filters: { includeEvents: ["a", "b\0"] } },
      "filters.includeEvents.1",
      "Must not contain the character NUL.",
    ],
    [{ ...good, name: "\ud83d" }, "name", "Must not contain half of a surrogate pair."],
    [{ ...good, name: "\ude00\ud83d" }, "name", "Must not contain half of a surrogate pair."],
    [{ ...good, unknown: { deep: ["\0"] } }, "unknown.deep.0", "Must not contain the character NUL."],
    [{ ...good, "\0": 1 }, "", "Contains a field whose name has the character NUL."],
    ["\0", "", "Must not contain the character NUL."],
    [nested(100_000, "\0"), "a.0.a.0.a.0.a.0.a.0", "Must not contain the character NUL."],
  ])("%#: is refused wherever it is", (value, path, message) => {
    expect(refusal(value).details).toEqual([{ path, message }]);
  });

  it.each([
    ["a whole pair", "\ud83d\ude00"],
    ["U+FFFF", "\uffff"],
  ])("is not %s", (_, name) => expect(validate(createExportSchema, { ...good, name }).name).toBe(name));

  it("is not U+FFFF and controls, where it is no name", () => {
    const includeEvents = ["\uffff\u0001\u2028\u007f"];
    expect(validate(createExportSchema, { ...good, filters: { includeEvents } }).filters.includeEvents).toEqual(
      includeEvents,
    );
  });
});

describe("a name", () => {
  it.each(["a\r\nBcc: b@example.com", "a\tb", "a\u0001", "\u202egnirts", "a\u2066b\u2069", "a\u2028b", "\u200fa"])(
    "%j is refused",
    (name) =>
      expect(refusal({ ...good, name }).message).toBe("name: Must not contain line breaks or control characters."),
  );

  it.each(["Ünïcode — “quoted” 日本語", "مرحبا", "👩‍👩‍👧 family"])("%j is taken", (name) =>
    expect(validate(createExportSchema, { ...good, name }).name).toBe(name),
  );
});

describe("a time", () => {
  it.each([
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00+00:01",
    "2200-01-01T00:00:00-00:01",
    "9999-12-31T23:59:59-14:00",
  ])("%s is refused, because no window lies there", (startAt) =>
    expect(refusal({ ...good, startAt }).message).toBe("startAt: Must be between the years 1970 and 2200."),
  );

  it.each(["1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z"])("%s is taken", (startAt) =>
    expect(refusal({ ...good, startAt, name: "" }).message).toBe("name: Enter a name."),
  );
});
