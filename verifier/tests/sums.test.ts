import { describe, expect, it } from "vitest";
import { type Finding, Reporter } from "../core/finding";
import type { Receipt2 } from "../core/shapes/receipt";
import { checkSums } from "../core/sums";
import { receipt } from "./receipt";

function wrong(change: Partial<Receipt2>): string[] {
  const findings: Finding[] = [];
  const sink = { finding: (finding: Finding) => void findings.push(finding), note: () => {} };
  checkSums({ ...receipt, ...change }, new Reporter(sink, "r"));
  return findings.filter(({ status }) => status !== "ok").map(({ what }) => what);
}

const [account] = receipt.accounting;
const accounted = (change: object) => ({ accounting: [{ ...account!, ...change }] });
const table = { loaded: 5, rejected: 0, jobs: [] };
const location = { type: "postgres", account: "h:1", database: "d", schema: "s", table: "t" };

describe("a receipt agrees with itself", () => {
  it("in all sums", () => {
    expect(wrong({})).toEqual([]);
  });

  it.each<[string, Partial<Receipt2>, string[]]>([
    ["rows", { rows: 6 }, ["sum of rows", "source rows", "accounting"]],
    ["bytes", { bytes: 31 }, ["sum of bytes"]],
    ["the source's rows", { source: { ...receipt.source, rows: 4 } }, ["source rows"]],
    ["replaced values", { replaced: 4 }, ["sum of replaced"]],
    ["tables", { tables: [{ table: "t", rows: 4, ...table }] }, ["sum of tables"]],
    ["rows of the window", accounted({ inWindow: 14 }), ["accounting of events"]],
    ["excluded events", accounted({ excludedByEvent: 0 }), ["accounting of events"]],
    ["excluded properties", accounted({ excludedByProperty: 0 }), ["accounting of events"]],
    ["older versions", accounted({ olderVersions: 0 }), ["accounting of events"]],
    ["deleted rows", accounted({ deleted: 0 }), ["accounting of events"]],
    ["duplicates", accounted({ duplicates: 0 }), ["accounting of events"]],
    ["written rows", accounted({ expandedTo: 4 }), ["accounting of events", "accounting"]],
    ["tables that are missing", { accounting: [] }, ["accounting"]],
    ["a window that ends before it starts", { intervalEnd: receipt.intervalStart }, ["window"]],
  ])("or not: %s", (_, change, what) => {
    expect(wrong(change)).toEqual(what);
  });

  it("where a warehouse has more rows than were selected", () => {
    expect(wrong({ location, ...accounted({ selected: 4, inWindow: 14 }) })).toEqual([]);
  });
});
