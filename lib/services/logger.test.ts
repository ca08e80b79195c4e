import { describe, expect, it } from "vitest";
import { loggable } from "./logger";

describe("what is logged of an error", () => {
  it("has nothing of a failed query's parameters", () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "x"'), { code: "23505" });
    const error = new Error("Failed query: insert into t values ($1)\nparams: s3cr3t", { cause });
    const logged = loggable(error);
    expect(logged).toMatchObject({ code: "23505", message: cause.message });
    expect(JSON.stringify(logged)).not.toContain("s3cr3t");
  });

  it("says little of what is no error", () => {
    expect(loggable("s3cr3t")).toEqual({ type: "string", message: "not an Error", code: null, stack: null });
  });
});
