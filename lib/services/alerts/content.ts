import type { Failure } from "@/lib/errors";
import { type AlertFacts, HISTORIC } from "./facts";
import { findingHeadline } from "./finding-headline";
import { alertLinks } from "./links";
import { utc, utcRange } from "./utc";

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
    ...(run ? [{ label: "Request id", value: run.requestId }] : []),
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
  const label = kind === "finding" ? "What was found" : "What went wrong";
  const what = { label, value: `${failure.message} (${failure.code})` };
  return failure.fix === null ? [what] : [what, { label: "What to do", value: failure.fix }];
};

function headline({ kind, cause, failures, window, export: { name } }: AlertFacts, isHistoric: boolean) {
  const what = `“${oneLine(name)}”`;
  if (kind === "recovered")
    return { subject: `${what} works again`, lead: `The export ${what} works again: a run has completed.` };
  if (kind === "paused") {
    const windows = failures === 1 ? "a window" : `${failures} windows in a row`;
    const lead = `The export ${what} has paused itself after ${windows} failed for good.`;
    return { subject: `${what} has paused itself`, lead };
  }
  if (kind === "finding") return findingHeadline(what, cause);
  if (isHistoric)
    return {
      subject: `The historic export of ${what} has failed`,
      lead: `The historic export of ${what} has ended, but not all of its windows could be exported.`,
    };
  return {
    subject: `${what} failed for ${utcRange(window)}`,
    lead: `The export ${what} could not export a window. It has been tried as often as that could help.`,
  };
}

function linksOf(facts: AlertFacts, appUrl: string): AlertContent["links"] {
  const { kind } = facts;
  const links = alertLinks(facts, appUrl);
  return [
    ...(kind === "finding" ? [{ label: "See what checks found", url: links.checks }] : []),
    ...(links.run ? [{ label: "See the run and its log", url: links.run }] : []),
    ...(kind === "failed" && links.retry ? [{ label: "Retry the window", url: links.retry }] : []),
    { label: kind === "paused" ? "Resume and catch up" : "See the export", url: links.export },
  ];
}

function nextOf({ kind, nextRunAt }: AlertFacts, isHistoric: boolean): string {
  if (kind === "finding")
    return "The export’s checks list every window that this was found of. You get at most one message a day about this cause.";
  if (kind === "paused")
    return "No more windows are run until somebody resumes it. “Resume and catch up” also exports every window that was missed.";
  const next = nextRunAt
    ? `The next window is run at ${utc(nextRunAt)}.`
    : "No further window is scheduled: the export is paused, has ended, or its connection is off.";
  if (kind === "recovered") return next;
  if (isHistoric) return `Fix the cause, then retry the failed windows. ${next}`;
  return `${next} You get at most one message a day about this cause, and another when the export works again.`;
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ");
