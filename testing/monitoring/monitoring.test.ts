import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { RUN_STATES } from "@/lib/fields/run-state";
import { exposition, processMetrics } from "@/lib/services/metrics/exposition";
import { problemsOf } from "./check-query";
import { alertRules, dashboard, queries } from "./documents";
import { exportedBy } from "./exported";

const totals = { runs: 1, attempts: 1, rows: 1, bytes: 1, timed: 1, seconds: 1, atMost: [] };
const WINDOW_STATES = ["committed", "broken", "running", "failed", "cancelled", "missing"];

const text = await exposition({
  totals: Object.fromEntries(RUN_STATES.map((state) => [state, totals])),
  ...{
    mails: new Map(),
    deliveries: new Map(),
    ages: new Map([["p", 1]]),
    scheduleLag: 0,
    checks: [],
    uncheckedAge: 0,
    isHeld: false,
  },
  behind: [{ project: "p", export: "e", age: 1 }],
  backlog: [{ queue: "penstock", tasks: 0 }],
  windows: new Map(WINDOW_STATES.map((state) => [state, 0])),
  ...{ workers: 1, clocks: [{ kind: "web", difference: 0 }] },
});
const exported = exportedBy(`${text}${await processMetrics()}`);

test.each(queries())("%s asks for what /api/metrics exports", (_, query, template) => {
  expect(problemsOf(query, template, exported)).toEqual([]);
});

describe("a query is refused that", () => {
  it.each([
    ["names no metric of ours", "sum(penstock_lost)", "", "no metric penstock_lost"],
    ["matches a label that isn't there", 'penstock_workers{state="x"}', "", "penstock_workers has no label state"],
    ["matches a value that isn't there", 'penstock_windows{state="lost"}', "", "penstock_windows: no state lost"],
    ["groups by a label that isn't there", "sum by (state) (penstock_workers)", "", "no label state"],
    ["is explained by a label that isn't there", "penstock_workers", "{{ $labels.state }}", "no label state"],
  ])("%s", (_, query, template, problem) => {
    expect(problemsOf(query, template, exported)).toContain(problem);
  });

  it("is malformed", () => {
    expect(() => problemsOf("sum(rate(penstock_workers[5m])", "", exported)).toThrow(/Malformed/);
  });
});

/** A histogram's series count as the histogram. */
const own = new Set(
  [...exported.keys()]
    .filter((name) => name.startsWith("penstock_"))
    .map((name) => name.replace(/_(bucket|sum)$/, "_count")),
);
const missingIn = (texts: string[]) => [...own].filter((name) => !texts.some((it) => it.includes(name)));

it("every metric is on the dashboard, and described", () => {
  expect(missingIn(queries().map(([, query]) => query))).toEqual([]);
  const described = readFileSync("docs/operations.md", "utf8");
  expect([...own].filter((name) => !described.includes(`\`${name.replace(/_count$/, "")}`))).toEqual([]);
});

it("alerts say what happened and what to do, each once", () => {
  const rules = alertRules();
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { labels, annotations } of rules) {
    expect(["critical", "warning"]).toContain(labels.severity);
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.description).toMatch(/\.$/);
  }
});

it("panels have titles and places of their own", () => {
  const { panels } = dashboard();
  const at = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
  expect(new Set(at).size).toBe(panels.length);
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
});
