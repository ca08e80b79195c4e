import { tableShape } from "../shapes/table";
import { bounds, boundsIn, boundsName, boundsNamePattern, folder, folderPattern, renamed } from "./base";
import { clevertapXml } from "./clevertap-xml";
import { BOUNDS, literal } from "./pattern";
import { prefixColumns } from "./prefix";
import { tableNameProblems } from "./table-name";
import type { Layout } from "./types";

/**
 * The prefix template, then `{start}-{end}`, `-{index}` from 0 if a window has several files, `-r{revision}` from the
 * second, and the extension.
 */
export const template: Layout = {
  label: "Prefix template",
  note: "Folders of your choice, with one file per window, or several if it is large.",
  models: ["events", "persons", "merged_ids", "events_and_merged_ids"],
  formats: ["jsonl", "csv", "xml", "parquet"],
  fixedShape: false,
  keepsChain: true,
  renamedKey: renamed,
  split: () => ({ hours: false, events: false, size: true }),
  pathColumns: ({ prefix }) => prefixColumns(prefix),
  shape: (model, choices, options) =>
    clevertapXml(model, choices, options) ??
    tableShape(model, choices, { ...options, path: prefixColumns(options.prefix) }),
  fileKey: (context, part) => `${folder(context)}${boundsName(context, part)}`,
  manifestKey: (context) => `${folder(context)}${bounds(context)}_manifest.json`,
  filePatterns: (facts) => [[...folderPattern(facts), ...boundsNamePattern(facts)]],
  manifestPattern: (facts) => [...folderPattern(facts), ...BOUNDS, ...literal("_manifest.json")],
  traceOf: boundsIn,
  problems: tableNameProblems,
};
