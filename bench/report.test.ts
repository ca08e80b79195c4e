import { expect, it } from "vitest";
import { reportCase } from "./report";

it("reports the median of the rounds' ratios against the aim", () => {
  const destination = { prefix: "", compression: "none", maxFileSizeMb: 1 } as const;
  const rounds = [
    { penstock: 2, other: 4 },
    { penstock: 3, other: 4 },
    { penstock: 9, other: 4 },
  ];
  const report = reportCase(
    { type: "s3", name: "jsonl", destination, clickhouse: { format: "", key: "" }, aim: 0.7 },
    { rows: 300, rounds, other: "ClickHouse s3()" },
  );
  expect(report).toContain("median ratio 0.75 (aim at most 0.7: missed), 100 rows/s");
  expect(report).toContain("round 1: Penstock 2.00 s, ClickHouse s3() 4.00 s, ratio 0.50");
});
