import { describe, expect, it } from "vitest";
import { replicaProblem } from "./replicas";

const well = { table: "events", readonly: false, expired: false, delay: 0 };

describe("a replica", () => {
  it.each([
    ["none", [], null],
    ["one that is as far behind as windows settle", [{ ...well, delay: 60 }], null],
    ["one that is further behind", [well, { ...well, table: "persons", delay: 61 }], "persons is 61 s behind"],
    ["one that is read-only", [{ ...well, readonly: true }], "events is read-only"],
    ["one without a session", [{ ...well, expired: true }], "lost its Keeper session"],
  ])("%s", (_, found, words) => {
    const problem = replicaProblem(found, 60);
    if (words === null) expect(problem).toBeNull();
    else expect(problem).toContain(words);
  });
});
