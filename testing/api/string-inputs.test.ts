import { describe, expect, it } from "vitest";
import * as operations from "@/lib/openapi/operations";
import { stringInputs, withText } from "./string-inputs";

const of = (operation: (typeof operations)[keyof typeof operations]) =>
  stringInputs(operation).map(({ in: where, path }) => `${where} ${path.join(".")}`);

describe("the texts that an operation takes", () => {
  it("are found in its path, its query and its body", () => {
    expect(of(operations.createExport)).toEqual(
      expect.arrayContaining([
        "path projectId",
        "body name",
        "body filters.includeEvents.0",
        "body filters.properties.0.key",
        "body filters.properties.0.value",
        "body destination.prefix",
        "body destination.table",
        "body schedule.timezone",
      ]),
    );
    expect(of(operations.createConnection)).toEqual(
      expect.arrayContaining(["body config.bucket", "body config.secretAccessKey", "body config.host"]),
    );
    expect(of(operations.patchConnection)).toContain("body config.anything");
    expect(of(operations.listMembers)).toEqual(expect.arrayContaining(["query cursor", "query limit"]));
  });

  it("are put where they belong", () => {
    const body = { name: "a", filters: { includeEvents: ["x", "y"], other: 1 } };
    expect(withText(body, ["filters", "includeEvents", "0"], "t")).toEqual({
      name: "a",
      filters: { includeEvents: ["t"], other: 1 },
    });
    expect(withText(undefined, ["columns", "0", "name"], "t")).toEqual({ columns: [{ name: "t" }] });
    expect(withText({ value: "x" }, ["value", "inner"], "t")).toEqual({ value: { inner: "t" } });
    expect(withText(7, [], "t")).toBe("t");
  });
});
