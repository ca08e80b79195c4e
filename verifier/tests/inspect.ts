import type { Finding, Sink } from "../core/finding";
import { measure } from "../core/measure";
import { NO_OPTIONS, type Options } from "../core/options";
import type { Place, Tools } from "../core/tools";
import { verify } from "../core/verify";
import { readArgs } from "../node/args";
import { open, optionsOf } from "../node/options";
import { exitCode } from "../node/output";
import { nodeTools } from "../node/tools";

export interface Inspected {
  exit: number;
  /** The checks that are not true, each once. */
  what: string[];
  findings: Finding[];
  notes: string[];
}

/** Verifies a place on this thread, and collects what is said about it. */
export async function inspectPlace(
  place: Place,
  options: Partial<Options> = {},
  tools: Tools = nodeTools,
): Promise<Inspected> {
  const [findings, notes]: [Finding[], string[]] = [[], []];
  const counts = { ok: 0, false: 0, unknown: 0 };
  const sink: Sink = {
    finding(finding) {
      counts[finding.status] += 1;
      if (finding.status !== "ok") findings.push(finding);
    },
    note: (text) => void notes.push(text),
  };
  const all: Options = { ...NO_OPTIONS, measure: (name, how) => measure(place.read(name), how, tools), ...options };
  await verify(place, tools, all, sink);
  const what = new Set(findings.map((it) => (it.status === "unknown" ? `${it.what}:unknown` : it.what)));
  return { exit: exitCode(counts), what: [...what].sort(), findings, notes };
}

/** What the command finds, with its arguments. */
export async function inspect(address: string, args: string[], tools: Tools = nodeTools): Promise<Inspected> {
  const { values } = readArgs(args);
  const opened = await open(address, values);
  const { place } = opened;
  const options = await optionsOf(values, opened, (name, how) => measure(place.read(name), how, tools));
  return inspectPlace(place, { ...options, jobs: 1 }, tools);
}
