import type { Finding, Sink, Status } from "../core/finding";
import type { Looked } from "../core/verify";
import { plural } from "../core/words";
import type { Given } from "./given";
import { verifyGiven } from "./verify-given";

/** Findings that a page shows. The counts have all of them. */
const SHOWN = 500;

/** What a page shows of a verification, while it runs and at its end. */
export interface Report {
  counts: Record<Status, number>;
  /** How often each check was true. */
  checks: Record<string, number>;
  /** What is not true, up to a number that a page can show. */
  findings: Finding[];
  notes: string[];
  /** Bytes that were read, and all that there are. */
  read: number;
  total: number;
  /** Null while it runs. */
  looked: Looked | null;
}

const empty = (total: number): Report => ({
  counts: { ok: 0, false: 0, unknown: 0 },
  checks: {},
  findings: [],
  notes: [],
  read: 0,
  total,
  looked: null,
});

/** The sum at the top. */
export function verdictOf({ counts, looked }: Report): { status: Status | "running"; text: string } {
  const { false: wrong, unknown, ok } = counts;
  const all = plural(wrong + unknown + ok, "check");
  if (wrong > 0) return { status: "false", text: `False: ${wrong} of ${all}` };
  if (looked === null) return { status: "running", text: "Checking…" };
  if (unknown > 0) return { status: "unknown", text: `Not checked: ${unknown} of ${all}` };
  return { status: "ok", text: `True: ${all}` };
}

/** Time between two updates of a page. */
const PAUSE = 200;

/** Verifies given files, and reports how it goes. Rejects if the files can't be read. */
export async function makeReport(
  given: Given,
  keys: string | null,
  onReport: (report: Report) => void,
): Promise<Report> {
  const report = empty(given.files.reduce((sum, { file }) => sum + file.size, 0));
  let next = 0;
  const tell = () => onReport({ ...report, counts: { ...report.counts } });
  const sink: Sink = {
    finding(finding) {
      report.counts[finding.status] += 1;
      if (finding.status === "ok") report.checks[finding.what] = (report.checks[finding.what] ?? 0) + 1;
      else if (report.findings.length < SHOWN) report.findings.push(finding);
    },
    note: (text) => void report.notes.push(text),
  };
  const onRead = (bytes: number) => {
    report.read += bytes;
    const now = Date.now();
    if (now < next) return;
    next = now + PAUSE;
    tell();
  };
  report.looked = await verifyGiven(given, { keys, onRead }, sink);
  tell();
  return report;
}
