import { describe, expect, it } from "vitest";
import { DatabaseUnavailable, ifDatabase, whyUnavailable } from "./errors";

const withCode = (code: string) => Object.assign(new Error("It said no."), { code });
const ofDrizzle = (cause: Error) => new Error("Failed query: select 1", { cause });

describe("an error of the database", () => {
  it.each([
    withCode("ECONNREFUSED"),
    withCode("57P01"),
    withCode("57014"),
    withCode("53300"),
    withCode("25006"),
    withCode("08006"),
    new Error("Query read timeout"),
    new Error("timeout exceeded when trying to connect"),
    new Error("Connection terminated unexpectedly"),
  ])("is one of its being away: $code $message", (error) => {
    expect(whyUnavailable(error)).toMatchObject({ status: 503, code: "postgres_unavailable", cause: error });
    expect(ifDatabase(ofDrizzle(error))).toBeInstanceOf(DatabaseUnavailable);
  });

  it.each([withCode("23505"), withCode("42P01"), new Error("It said no.")])("is the statement's: $code", (error) => {
    expect(whyUnavailable(error)).toBe(error);
    const wrapped = ofDrizzle(error);
    expect(ifDatabase(wrapped)).toBe(wrapped);
  });
});

it("a broken connection to anything else is not the database's", () => {
  const error = withCode("ECONNRESET");
  expect(ifDatabase(error)).toBe(error);
});
