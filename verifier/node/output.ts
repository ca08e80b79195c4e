import type { Finding, Sink, Status } from "../core/finding";
import type { Looked } from "../core/verify";
import { lookedText } from "../core/words";

export type Counts = Record<Status, number>;

/** Exit codes: see docs/verify.md. */
export const exitCode = (counts: Counts): number => (counts.false > 0 ? 1 : counts.unknown > 0 ? 2 : 0);

const WORDS: Record<Status, string> = { ok: "true", false: "false", unknown: "unknown" };

/** A key may have characters that would end a line, or move a terminal's cursor. */
const printable = (text: string) =>
  text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => `\\u${char.codePointAt(0)!.toString(16).padStart(4, "0")}`);

const line = ({ status, what, subject, expected, found }: Finding) =>
  `${WORDS[status]}: ${what}: ${subject}: expected ${expected}, found ${found}`;

interface Output {
  sink: Sink;
  counts: Counts;
  end(looked: Looked): void;
}

/** One line for each finding, as soon as it is there. */
export function textOutput(all: boolean, print: (line: string) => void): Output {
  const counts: Counts = { ok: 0, false: 0, unknown: 0 };
  const notes: string[] = [];
  const sink: Sink = {
    finding(finding) {
      counts[finding.status] += 1;
      if (all || finding.status !== "ok") print(printable(line(finding)));
    },
    note: (text) => void notes.push(text),
  };
  const end = (looked: Looked) => {
    for (const note of notes) print(printable(`note: ${note}`));
    print(`${lookedText(looked)}.`);
    print(`${counts.ok} true, ${counts.false} false, ${counts.unknown} unknown.`);
  };
  return { sink, counts, end };
}

/** One JSON object, whose findings are written as they come. */
export function jsonOutput(all: boolean, write: (text: string) => void): Output {
  const counts: Counts = { ok: 0, false: 0, unknown: 0 };
  const notes: string[] = [];
  // Nothing is written before something is known: a place that can't be listed gives no JSON.
  let separator = '{"findings":[';
  const sink: Sink = {
    finding(finding) {
      counts[finding.status] += 1;
      if (!all && finding.status === "ok") return;
      write(`${separator}\n${JSON.stringify(finding)}`);
      separator = ",";
    },
    note: (text) => void notes.push(text),
  };
  const end = (looked: Looked) =>
    write(
      `${separator === "," ? "" : separator}\n],"notes":${JSON.stringify(notes)},"counts":${JSON.stringify(counts)},"looked":${JSON.stringify(looked)}}\n`,
    );
  return { sink, counts, end };
}
