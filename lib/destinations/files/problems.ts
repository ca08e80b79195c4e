import { formats, LEVELS } from "@/lib/rows/formats/registry";
import type { Format } from "@/lib/rows/formats/types";
import { at, oneOf } from "@/lib/rows/layouts/problem";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { Problem } from "@/lib/rows/layouts/types";
import type { Combined } from "../writing-types";
import { keyLengthProblems } from "./longest-key";
import type { FileSettings } from "./settings";

function layoutProblems({ model, destination, schedule }: Combined<FileSettings>): Problem[] {
  const { layout: name, format } = destination;
  const layout = layoutOf(name);
  const problems: Problem[] = [];
  if (!layout.models.includes(model)) problems.push(at("model", `${oneOf(layout.models)} with the layout ${name}`));
  if (!layout.formats.includes(format))
    problems.push(at("destination.format", `${oneOf(layout.formats)} with the layout ${name}`));
  if (layout.codec && destination.compression !== layout.codec)
    problems.push(at("destination.compression", `must be ${layout.codec} with the layout ${name}`));
  if (layout.maxFileSizeMb && destination.maxFileSizeMb > layout.maxFileSizeMb)
    problems.push(at("destination.maxFileSizeMb", `must be at most ${layout.maxFileSizeMb} with the layout ${name}`));
  if (destination.partitionByEvent && name !== "hive")
    problems.push(at("destination.partitionByEvent", "goes only with the layout hive"));
  if (destination.orgId !== null && name !== "amplitude")
    problems.push(at("destination.orgId", "goes only with the layout amplitude"));
  return [...problems, ...(layout.problems?.({ model, destination, schedule }) ?? [])];
}

function formatProblems({ destination }: Combined<FileSettings>): Problem[] {
  const { format: name, compression, compressionLevel, layout } = destination;
  const format: Format = formats[name];
  const problems: Problem[] = [];
  if (!layoutOf(layout).codec && !format.compressions.includes(compression))
    problems.push(at("destination.compression", `${oneOf(format.compressions)} with the format ${name}`));
  const levels = LEVELS[compression];
  if (compressionLevel !== null && !levels)
    problems.push(
      at("destination.compressionLevel", `must be left out with the compression ${compression}, which has no levels`),
    );
  if (compressionLevel !== null && levels && compressionLevel > levels.max)
    problems.push(
      at("destination.compressionLevel", `must be at most ${levels.max} with the compression ${compression}`),
    );
  if (destination.defuseFormulas && name !== "csv")
    problems.push(at("destination.defuseFormulas", "goes only with the format csv"));
  return problems;
}

/** What layout, format and compression of an export can't be combined, and why. */
export const fileProblems = (spec: Combined<FileSettings>, storage: string): Problem[] => [
  ...layoutProblems(spec),
  ...formatProblems(spec),
  ...keyLengthProblems(spec, storage),
];
