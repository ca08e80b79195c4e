import { writingOf } from "../destinations/writing";
import type { Combined as CombinedOf } from "../destinations/writing-types";
import { at, list, oneOf } from "../layouts/problem";
import type { Problem } from "../layouts/types";
import { models, partsOf } from "../models/registry";
import type { Settings } from "./settings";

export type Combined = CombinedOf<Settings>;

function columnProblems(spec: Combined): Problem[] {
  const { columns, model } = spec;
  if (!columns) return [];
  const fixed = writingOf(spec.destination).hasFixedShape(model, spec.destination);
  const known = new Set(partsOf(model).flatMap((part) => part.columns.map(({ name }) => name)));
  const problems = columns.flatMap(({ name, as }, index) => {
    if (!known.has(name))
      return [
        at(
          `columns.${index}.name`,
          `is no column of ${models[model].label.toLowerCase()}; there are ${list([...known])}`,
        ),
      ];
    if (as !== null && fixed)
      return [at(`columns.${index}.as`, "must be left out: these files have names of their own")];
    const first = columns.findIndex((other) => (other.as ?? other.name) === (as ?? name));
    return first < index
      ? [at(`columns.${index}.${as === null ? "name" : "as"}`, `is the name of another column: ${as ?? name}`)]
      : [];
  });
  const bare = partsOf(model).find(
    (part) => !part.columns.some(({ name }) => columns.some((each) => each.name === name)),
  );
  return bare && !fixed ? [...problems, at("columns", `must hold a column of ${bare.table}`)] : problems;
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
  ...writingOf(spec.destination).problems(spec),
  ...columnProblems(spec),
  ...filterProblems(spec),
];
