import { type Report, verdictOf } from "../browser/report";
import type { Finding } from "../core/finding";
import { lookedText } from "../core/words";

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;

/** Sets text, never markup: names of files may hold anything. */
function make(name: string, text: string, className = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

const WORDS = { ok: "True", false: "False", unknown: "Not checked" };

function item({ what, subject, status, expected, found }: Finding): HTMLElement {
  const facts = document.createElement("dl");
  facts.append(make("dt", "Expected"), make("dd", expected), make("dt", "Found"), make("dd", found));
  const line = document.createElement("li");
  line.append(make("strong", `${WORDS[status]}: ${what}`, status), make("div", subject), facts);
  return line;
}

export function show(report: Report): void {
  const { status, text } = verdictOf(report);
  const { findings, notes, checks, looked, read, total } = report;
  element("report").hidden = false;
  const verdict = element("verdict");
  verdict.className = status;
  if (verdict.textContent !== text) verdict.textContent = text;
  const progress = element<HTMLProgressElement>("progress");
  progress.hidden = looked !== null;
  progress.value = total === 0 ? 0 : Math.min(1, read / total);
  element("looked").textContent = looked ? `${lookedText(looked)}.` : `${read} of ${total} bytes`;
  element("findings").replaceChildren(...findings.map(item));
  element("notes").replaceChildren(...notes.map((note) => make("li", note)));
  const made = Object.entries(checks).map(([what, times]) => make("li", `${what}: ${times}`));
  element("checks").replaceChildren(...made);
}

export function showProblem(message: string): void {
  element("report").hidden = false;
  element("verdict").className = "unknown";
  element("verdict").textContent = `The files couldn't be read: ${message}`;
}
