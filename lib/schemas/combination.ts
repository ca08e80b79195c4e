import { formats, LEVELS } from "../formats/registry";
import type { Format } from "../formats/types";
import { layoutOf } from "../layouts/registry";
import type { Problem } from "../layouts/types";
import { type ModelName, models, partsOf } from "../models/registry";
import type { ColumnChoice } from "./columns";
import type { S3Destination } from "./destination";
import type { Filters } from "./filters";
import type { Schedule } from "./schedule";

export interface Combined {
  model: ModelName;
  destination: S3Destination;
  columns: readonly ColumnChoice[] | null;
  filters: Filters;
  schedule: Schedule;
}

const at = (path: string, message: string): Problem => ({ path: path.split("."), message });
const list = (names: readonly string[]) => names.join(", ");
const oneOf = (names: readonly string[]) =>
  names.length === 1 ? `must be ${names[0]}` : `must be one of ${list(names)}`;

function layoutProblems({ model, destination, schedule }: Combined): Problem[] {
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

function formatProblems({ destination }: Combined): Problem[] {
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

/** A form that a row has by its layout or format, in which columns have no names of their own. */
const isFixed = ({ model, destination }: Combined) =>
  layoutOf(destination.layout).fixedShape || (destination.format === "xml" && model.startsWith("events"));

function columnProblems(spec: Combined): Problem[] {
  const { columns, model } = spec;
  if (!columns) return [];
  const known = new Set(partsOf(model).flatMap((part) => part.columns.map(({ name }) => name)));
  const problems = columns.flatMap(({ name, as }, index) => {
    if (!known.has(name))
      return [
        at(
          `columns.${index}.name`,
          `is no column of ${models[model].label.toLowerCase()}; there are ${list([...known])}`,
        ),
      ];
    if (as !== null && isFixed(spec))
      return [at(`columns.${index}.as`, "must be left out: this layout and format have names of their own")];
    const first = columns.findIndex((other) => (other.as ?? other.name) === (as ?? name));
    return first < index
      ? [at(`columns.${index}.${as === null ? "name" : "as"}`, `is the name of another column: ${as ?? name}`)]
      : [];
  });
  const bare = partsOf(model).find(
    (part) => !part.columns.some(({ name }) => columns.some((each) => each.name === name)),
  );
  return bare && !isFixed(spec) ? [...problems, at("columns", `must hold a column of ${bare.table}`)] : problems;
}

function filterProblems({ model, filters }: Combined): Problem[] {
  const parts = partsOf(model);
  const problems: Problem[] = [];
  const hasEvents = parts.some(({ eventColumn }) => eventColumn !== null);
  for (const name of ["includeEvents", "excludeEvents"] as const)
    if (filters[name].length > 0 && !hasEvents)
      problems.push(at(`filters.${name}`, `goes only with events, not with ${model}`));
  const columns = new Set(parts.flatMap(({ propertyColumns }) => propertyColumns));
  filters.properties.forEach(({ column }, index) => {
    if (columns.has(column)) return;
    const message =
      columns.size > 0
        ? `${oneOf([...columns])} with ${model}`
        : `goes only with events and persons, not with ${model}`;
    problems.push(at(`filters.properties.${index}.column`, message));
  });
  return problems;
}

/** What of an export can't be combined, and why: the one rule that form and API share. */
export const combinationProblems = (spec: Combined): Problem[] => [
  ...layoutProblems(spec),
  ...formatProblems(spec),
  ...columnProblems(spec),
  ...filterProblems(spec),
];
