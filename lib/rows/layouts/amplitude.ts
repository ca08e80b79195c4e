import { amplitudeShape } from "../shapes/amplitude";
import { mergedIds } from "../tables/merged-ids";
import type { SourceTable } from "../tables/types";
import { bounds, boundsIn, folder, folderPattern, momentOf } from "./base";
import { dateOf, wholeHourProblems } from "./hours";
import { BOUNDS, like, literal, number } from "./pattern";
import type { FileSpec, KeyContext, Layout, Trace } from "./types";

/** `2020-01-25_17`: the hour has no leading zero. */
function hourName({ window }: KeyContext, { hour }: FileSpec): string {
  const at = hour ?? window.start;
  return `${dateOf(at)}_${at.getUTCHours()}`;
}

/** The hour in the name of a file. */
function hourIn(key: string): Trace | null {
  const [, date, hour = ""] = /(\d{4}-\d\d-\d\d)_(\d{1,2})(?:#\d+)?\.[^/]*$/.exec(key) ?? [];
  return momentOf(`${date}T${hour.padStart(2, "0")}:00:00Z`);
}

const isMergedIds = ({ table }: Pick<SourceTable, "table">) => table === mergedIds.table;

/** File names and objects of Amplitude's export to S3: one set of files per hour of ingestion, in UTC. */
export const amplitude: Layout = {
  label: "Amplitude",
  note: "Amplitude's file names and JSON objects, by hour.",
  models: ["events", "merged_ids", "events_and_merged_ids"],
  formats: ["jsonl"],
  extensions: { jsonl: "json" },
  codec: "gzip",
  fixedShape: true,
  keepsChain: false,
  readersDelete: true,
  // An hour of merged ids is one file of any size: its name has no room for a second.
  split: (model) => ({ hours: true, events: false, size: !isMergedIds(model) }),
  shape: (model, choices) => amplitudeShape(model, choices),
  fileKey: (context, part) => {
    const name = isMergedIds({ table: context.tableName })
      ? `-${context.orgId}_${hourName(context, part)}`
      : `${context.databaseId}_${hourName(context, part)}#${part.index + 1}`;
    return `${folder(context)}${name}.${context.extension}`;
  },
  manifestKey: (context) => {
    const name = `${context.databaseId}_${context.tableName}_${bounds(context)}`;
    return `${folder(context)}_manifests/${name}.json`;
  },
  filePatterns: (facts) => {
    const hour = [...like("2026-03-29_"), ...number("0")];
    const name = isMergedIds({ table: facts.tableName })
      ? [...literal(`-${facts.orgId}_`), ...hour]
      : [...literal(`${facts.databaseId}_`), ...hour, ...literal("#"), ...number("1")];
    return [[...folderPattern(facts), ...name, ...literal(`.${facts.extension}`)]];
  },
  manifestPattern: (facts) => [
    ...folderPattern(facts),
    ...literal(`_manifests/${facts.databaseId}_${facts.tableName}_`),
    ...BOUNDS,
    ...literal(".json"),
  ],
  traceOf: (key) => hourIn(key) ?? boundsIn(key),
  problems: wholeHourProblems,
};
