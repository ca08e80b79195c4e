import type { FileSchema } from "@/lib/fields/file-schema";
import { HOUR } from "../../units";
import { atWith, model as modelName, text } from "../problem";
import { tableShape } from "../shapes/table";
import { bounds, boundsIn, boundsName, boundsNamePattern, folder, folderPattern, renamed } from "./base";
import { clevertapXml } from "./clevertap-xml";
import { escapeEvent, escapeEventAsText } from "./escape";
import { dateOf, hourOf } from "./hours";
import { BOUNDS, escapedEvent, like, literal, type Pattern } from "./pattern";
import { prefixColumns } from "./prefix";
import { tableNameProblems } from "./table-name";
import type { EventName, FileSpec, KeyContext, KeyFacts, Layout, PathOptions } from "./types";

/** Hive's folder name for a missing or empty value. */
const DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";
/** Characters that an event name needn't escape. */
const PLAIN = "_-.";
/** Marks a folder that gets no more files. */
const SUCCESS = "_SUCCESS";

/** As in file schema 1: an empty name is missing, and a name need not be valid UTF-8. */
function firstValue(event: EventName): string {
  if (event.hex === "") return DEFAULT_PARTITION;
  const value = escapeEvent(event, PLAIN);
  return value === DEFAULT_PARTITION ? value.replace("_", "%5F") : value;
}

/** A value that readers can decode and don't take for missing: pandas rejects folders that have one. */
function eventValue(event: EventName, fileSchema: FileSchema): string {
  if (fileSchema === 1) return firstValue(event);
  const value = escapeEventAsText(event, PLAIN);
  // Escaping wouldn't help: readers compare decoded values.
  return value === DEFAULT_PARTITION ? `${value}~${event.sha256}` : value;
}

const partition = (context: KeyContext, { event, hour }: FileSpec): string => {
  const at = hour ?? context.window.start;
  const byEvent = event ? `event=${eventValue(event, context.fileSchema)}/` : "";
  return `${folder(context)}${byEvent}date=${dateOf(at)}/hour=${hourOf(at)}/`;
};

const partitionPattern = (facts: KeyFacts): Pattern => [
  ...folderPattern(facts),
  ...(facts.partitionByEvent ? [...literal("event="), ...escapedEvent(PLAIN), ...literal("/")] : []),
  ...like("date=2026-03-29/hour=00/"),
];

const pathColumns = ({ prefix, partitionByEvent }: PathOptions): string[] => [
  ...prefixColumns(prefix),
  ...(partitionByEvent ? ["event"] : []),
  ...["date", "hour"],
];

/** Whether a window reaches the end of its folder's hour: only then is the folder complete. */
function isComplete(key: string, end: Date): boolean {
  const [, date, hour] = /date=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/[^/]*$/.exec(key) ?? [];
  return new Date(`${date}T${hour}:00:00Z`).getTime() + HOUR <= end.getTime();
}

/** Partition folders for Hive, Spark, Athena, and DuckDB: `event=…/date=YYYY-MM-DD/hour=HH/`, in UTC. */
export const hive: Layout = {
  label: "Hive partitions",
  note: "Folders date=…/hour=…/ that Athena, Spark, and DuckDB understand, optionally also by event.",
  models: ["events", "persons", "merged_ids", "events_and_merged_ids"],
  formats: ["jsonl", "csv", "xml", "parquet"],
  fixedShape: false,
  keepsChain: true,
  renamedKey: renamed,
  split: (model, { partitionByEvent }) => ({
    hours: true,
    events: partitionByEvent && model.eventColumn !== null,
    size: true,
  }),
  pathColumns,
  shape: (model, choices, options) =>
    clevertapXml(model, choices, options) ?? tableShape(model, choices, { ...options, path: pathColumns(options) }),
  fileKey: (context, part) => `${partition(context, part)}${boundsName(context, part)}`,
  // Readers of these folders skip names that begin with an underscore.
  manifestKey: (context) => `${folder(context)}_manifests/${bounds(context)}.json`,
  filePatterns: (facts) => [
    [...partitionPattern(facts), ...boundsNamePattern(facts)],
    [...partitionPattern(facts), ...literal(SUCCESS)],
  ],
  manifestPattern: (facts) => [...folderPattern(facts), ...literal("_manifests/"), ...BOUNDS, ...literal(".json")],
  traceOf: boundsIn,
  markerKeys: ({ window }, fileKeys) => [
    ...new Set(fileKeys.filter((key) => isComplete(key, window.end)).map((key) => key.replace(/[^/]*$/, SUCCESS))),
  ],
  problems: (combination) => {
    const { model, destination } = combination;
    const noEvents = destination.partitionByEvent && (model === "persons" || model === "merged_ids");
    const refusal = text`Only for ${modelName("events")}: these rows belong to no event.`;
    return [
      ...tableNameProblems(combination),
      ...(noEvents ? [atWith("destination.partitionByEvent", false, refusal)] : []),
    ];
  },
};
