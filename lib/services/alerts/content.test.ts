import { describe, expect, it } from "vitest";
import type { Failure } from "@/lib/errors";
import { alertContent } from "./content";
import { type AlertFacts, HISTORIC } from "./facts";

const failure: Failure = {
  code: "missing_permission",
  message: "The credentials don't have the permission s3:PutObject on the bucket acme.",
  fix: "Allow s3:PutObject on arn:aws:s3:::acme/* for this user, and check that no bucket policy denies it.",
  retryable: false,
  statement: '{"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::acme/*"]}',
};

const facts: AlertFacts = {
  kind: "failed",
  cause: failure.code,
  organization: { id: "org", name: "Acme" },
  project: { id: "project", name: "Web" },
  export: { id: "export", name: "Events\nto S3" },
  run: { id: "run", requestId: "abcdefgh12345678" },
  window: { start: new Date("2026-11-24T10:00:00Z"), end: new Date("2026-11-24T11:00:00Z") },
  failure,
  failures: 3,
  nextRunAt: new Date("2026-11-24T12:00:00Z"),
};

const url = "https://penstock.example/";
const home = "https://penstock.example/o/org/p/project/exports/export";
const about = (over: Partial<AlertFacts>) => alertContent({ ...facts, ...over }, url);
const point = ({ points }: ReturnType<typeof alertContent>, label: string) =>
  points.find((each) => each.label === label)?.value;

describe("what an alert says", () => {
  it("of a window that failed: window, error, fix, statement, links to the run and to retry, the next run", () => {
    const content = about({});
    expect(content.subject).toBe("“Events to S3” failed for 2026-11-24 10:00 to 11:00 UTC");
    expect(point(content, "Window")).toBe("2026-11-24 10:00 to 11:00 UTC");
    expect(point(content, "Error")).toBe(`${failure.message} (missing_permission)`);
    expect(point(content, "Fix")).toBe(failure.fix);
    expect(point(content, "Request ID")).toBe("abcdefgh12345678");
    expect(content.statement).toBe(failure.statement);
    expect(content.links.map((link) => link.url)).toEqual([`${home}?run=run`, `${home}?run=run&retry=1`, home]);
    expect(content.next).toContain("2026-11-24 12:00 UTC");
    expect(content.next).toContain("at most one message a day");
  });

  it("of an export that paused itself: how often it failed, that nothing runs, and how to catch up", () => {
    const content = about({ kind: "paused", nextRunAt: null });
    expect(content.lead).toContain("after 3 windows in a row failed.");
    expect(content.next).toContain("No windows run until someone resumes it");
    expect(content.links.at(-1)).toEqual({ label: "Resume and catch up", url: home });
    expect(content.statement).not.toBeNull();
    expect(about({ kind: "paused", failures: 1 }).lead).toContain("after a window failed");
  });

  it("of a recovery: nothing of the old failure", () => {
    const content = about({ kind: "recovered", failure });
    expect(content.subject).toBe("“Events to S3” works again");
    expect(content.statement).toBeNull();
    expect(JSON.stringify(content)).not.toContain("s3:PutObject");
  });

  it("of a historic export: its whole range", () => {
    const end = new Date("2026-11-26T00:00:00Z");
    const content = about({ cause: HISTORIC, window: { ...facts.window, end } });
    expect(content.subject).toBe("The historic export of “Events to S3” failed");
    expect(point(content, "Range")).toBe("2026-11-24 10:00 to 2026-11-26 00:00 UTC");
  });

  it("of a finding: what was found, what to do, and the checks, and nothing of the next run", () => {
    const found = {
      code: "check_source_late",
      message: "Rows arrived late.",
      fix: "Retry the window.",
      retryable: false,
    };
    const content = about({ kind: "finding", cause: found.code, failure: found });
    expect(content.subject).toBe("“Events to S3”: rows arrived late");
    expect(content.lead).toContain("A check of the export “Events to S3”");
    expect(point(content, "Finding")).toBe("Rows arrived late. (check_source_late)");
    expect(point(content, "Error")).toBeUndefined();
    expect(point(content, "Fix")).toBe("Retry the window.");
    expect(content.links.map((link) => link.url)).toEqual([`${home}?tab=checks`, `${home}?run=run`, home]);
    expect(content.next).toContain("at most one message a day");
    expect(content.next).not.toContain("2026-11-24 12:00");
  });

  it("of a finding: by what was found and where", () => {
    const subjects = {
      check_source_shrunk: "the source has fewer rows than were exported",
      check_source_gone: "the source no longer has the exported rows",
      check_destination_missing: "exported data is missing",
      check_of_tomorrow: "a check found something",
    };
    for (const [cause, words] of Object.entries(subjects))
      expect(about({ kind: "finding", cause }).subject).toBe(`“Events to S3”: ${words}`);
  });

  it("of an error without a fix, a run or a next window: nothing that is not there", () => {
    const content = about({ failure: { ...failure, fix: null, statement: undefined }, run: null, nextRunAt: null });
    expect(point(content, "Fix")).toBeUndefined();
    expect(content.statement).toBeNull();
    expect(content.links.map((link) => link.url)).toEqual([home]);
    expect(content.next).toContain("No window is scheduled");
  });
});
