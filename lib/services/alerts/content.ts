import type { Failure } from "@/lib/errors";
import { utc, utcRange } from "@/lib/utc";
import { type AlertFacts, HISTORIC } from "./facts";
import { findingHeadline } from "./finding-headline";
import { alertLinks } from "./links";

/** An alert's wording, before it is rendered as mail or message. */
export interface AlertContent {
  subject: string;
  lead: string;
  /** Labeled facts. */
  points: { label: string; value: string }[];
  /** JSON to paste. */
  statement: string | null;
  links: { label: string; url: string }[];
  /** What happens next. */
  next: string;
}

/** Words an alert. The error and its fix read exactly as in the app. */
export function alertContent(facts: AlertFacts, appUrl: string): AlertContent {
  const { kind, failure, run, project } = facts;
  const isHistoric = facts.cause === HISTORIC;
  const points = [
    { label: isHistoric ? "Range" : "Window", value: utcRange(facts.window) },
    ...(kind === "recovered" ? [] : problem(failure, kind)),
    { label: "Project", value: project.name },
    ...(run ? [{ label: "Request ID", value: run.requestId }] : []),
  ];
  return {
    ...headline(facts, isHistoric),
    points,
    statement: kind === "recovered" ? null : (failure?.statement ?? null),
    links: linksOf(facts, appUrl),
    next: nextOf(facts, isHistoric),
  };
}

const problem = (failure: Failure | null, kind: AlertFacts["kind"]) => {
  if (!failure) return [];
  const label = kind === "finding" ? "Finding" : "Error";
  const what = { label, value: `${failure.message} (${failure.code})` };
  return failure.fix === null ? [what] : [what, { label: "Fix", value: failure.fix }];
};

function headline({ kind, cause, failures, window, export: { name } }: AlertFacts, isHistoric: boolean) {
  const what = `“${oneLine(name)}”`;
  if (kind === "recovered")
    return { subject: `${what} works again`, lead: `The export ${what} works again: a run completed.` };
  if (kind === "paused") {
    const windows = failures === 1 ? "a window" : `${failures} windows in a row`;
    const lead = `The export ${what} was paused automatically after ${windows} failed.`;
    return { subject: `${what} was paused automatically`, lead };
  }
  if (kind === "finding") return findingHeadline(what, cause);
  if (isHistoric)
    return {
      subject: `The historic export of ${what} failed`,
      lead: `The historic export of ${what} ended, but some of its windows couldn't be exported.`,
    };
  return {
    subject: `${what} failed for ${utcRange(window)}`,
    lead: `The export ${what} couldn't export a window, even after retries.`,
  };
}

function linksOf(facts: AlertFacts, appUrl: string): AlertContent["links"] {
  const { kind } = facts;
  const links = alertLinks(facts, appUrl);
  return [
    ...(kind === "finding" ? [{ label: "View check results", url: links.checks }] : []),
    ...(links.run ? [{ label: "View the run and its log", url: links.run }] : []),
    ...(kind === "failed" && links.retry ? [{ label: "Retry the window", url: links.retry }] : []),
    { label: kind === "paused" ? "Resume and catch up" : "View the export", url: links.export },
  ];
}

function nextOf({ kind, nextRunAt }: AlertFacts, isHistoric: boolean): string {
  if (kind === "finding")
    return "The export’s checks list every affected window. You get at most one message a day about each finding.";
  if (kind === "paused")
    return "No windows run until someone resumes it. “Resume and catch up” also exports the missed windows.";
  const next = nextRunAt
    ? `The next window runs at ${utc(nextRunAt)}.`
    : "No window is scheduled: the export is paused or has ended, or its connection is off.";
  if (kind === "recovered") return next;
  if (isHistoric) return `Fix the cause, then retry the failed windows. ${next}`;
  return `${next} You get at most one message a day about this error, and another when the export works again.`;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");
