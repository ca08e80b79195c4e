import { formats, LEVELS } from "@/lib/rows/formats/registry";
import type { Format } from "@/lib/rows/formats/types";
import { LAYOUT_NAMES, type LayoutName, layoutOf } from "@/lib/rows/layouts/registry";
import {
  at,
  atWith,
  format as formatName,
  layout as layoutName,
  oneNamed,
  oneOf,
  type Problem,
  text,
} from "@/lib/rows/problem";
import type { ExportChoices } from "../writing-types";
import { keyLengthProblems } from "./longest-key";
import type { FileSettings } from "./settings";
import { usualOf } from "./usual";

function layoutProblems({ model, destination, schedule }: ExportChoices<FileSettings>): Problem[] {
  const { layout: name, format } = destination;
  const layout = layoutOf(name);
  const problems: Problem[] = [];
  const withLayout = text` with the layout ${layoutName(name)}.`;
  const usual = usualOf({ layout: name, format });
  if (!layout.models.includes(model)) {
    const other = LAYOUT_NAMES.find((each) => layoutOf(each).models.includes(model));
    const fix = other && { path: "destination.layout", value: other };
    problems.push(at("model", [...oneNamed("model", layout.models), ...withLayout], fix));
  }
  if (!layout.formats.includes(format)) {
    const refusal = [...oneNamed("format", layout.formats), ...withLayout];
    problems.push(atWith("destination.format", layout.formats[0], refusal));
  }
  if (layout.codec && destination.compression !== layout.codec)
    problems.push(atWith("destination.compression", layout.codec, [`Must be ${layout.codec}`, ...withLayout]));
  if (layout.maxFileSizeMb && destination.maxFileSizeMb > layout.maxFileSizeMb) {
    const refusal = [`Must be at most ${layout.maxFileSizeMb}`, ...withLayout];
    problems.push(atWith("destination.maxFileSizeMb", usual.maxFileSizeMb, refusal));
  }
  const onlyWith = (other: LayoutName) => text`Only for the layout ${layoutName(other)}.`;
  if (destination.partitionByEvent && name !== "hive")
    problems.push(atWith("destination.partitionByEvent", false, onlyWith("hive")));
  if (destination.orgId !== null && name !== "amplitude")
    problems.push(atWith("destination.orgId", null, onlyWith("amplitude")));
  return [...problems, ...(layout.problems?.({ model, destination, schedule }) ?? [])];
}

const level = (refusal: string) => atWith("destination.compressionLevel", null, refusal);

function formatProblems({ destination }: ExportChoices<FileSettings>): Problem[] {
  const { format: name, compression, compressionLevel, layout } = destination;
  const format: Format = formats[name];
  const problems: Problem[] = [];
  if (!layoutOf(layout).codec && !format.compressions.includes(compression)) {
    const refusal = text`${oneOf(format.compressions)} with the format ${formatName(name)}.`;
    problems.push(atWith("destination.compression", usualOf({ layout, format: name }).compression, refusal));
  }
  const levels = LEVELS[compression];
  if (compressionLevel !== null && !levels)
    problems.push(level(`Must be left out: the compression ${compression} has no levels.`));
  if (compressionLevel !== null && levels && compressionLevel > levels.max)
    problems.push(level(`Must be at most ${levels.max} with the compression ${compression}.`));
  if (destination.defuseFormulas && name !== "csv")
    problems.push(atWith("destination.defuseFormulas", false, text`Only for the format ${formatName("csv")}.`));
  return problems;
}

/** Settings for layout, format, and compression that can't be combined, and why. */
export const fileProblems = (spec: ExportChoices<FileSettings>, storage: string): Problem[] => [
  ...layoutProblems(spec),
  ...formatProblems(spec),
  ...keyLengthProblems(spec, storage),
];
