import { expect, it } from "vitest";
import { reportCase } from "./report";

const round = (penstock: number, processor: number) => ({
  penstock: { seconds: penstock, processor: { ClickHouse: processor, worker: 1, storage: 9 } },
  other: { seconds: 4, processor: { ClickHouse: 4, worker: 0, storage: 1 } },
});

it("reports the medians of the rounds' ratios against the aims, in both kinds of seconds", () => {
  const report = reportCase(
    { aims: { seconds: 0.7, processor: 1.3 } },
    {
      name: "jsonl",
      data: "timely",
      rows: 300,
      files: 2,
      bytes: 5,
      other: "ClickHouse s3()",
      rounds: [round(2, 3), round(3, 4), round(9, 11)],
      peakMemoryMb: 123,
    },
  );
  expect(report).toContain("processor seconds 1.25 (aim at most 1.3: reached)");
  expect(report).toContain("seconds 0.75 (aim at most 0.7: missed)");
  expect(report).toContain("100 rows/s, worker's peak memory 123 MB");
  expect(report).toContain(
    "round 1: Penstock 2.00 s (processor ClickHouse 3.0, worker 1.0, storage 9.0); ClickHouse s3() 4.00 s (processor ClickHouse 4.0, storage 1.0)",
  );
});
