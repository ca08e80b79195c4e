import type { Settings } from "../destinations/settings";
import { writingOf } from "../destinations/writing";
import type { Combined as CombinedOf } from "../destinations/writing-types";
import type { ColumnChoice } from "../fields/columns";
import { at, list, oneOf } from "../rows/layouts/problem";
import type { Problem } from "../rows/layouts/types";
import { besidePath } from "../rows/shapes/beside-path";
import { models, partsOf } from "../rows/tables/registry";

export type Combined = CombinedOf<Settings>;

const isRenamed = ({ name, as }: ColumnChoice) => as !== null && as !== name;

/**
 * What is wrong with a column's name in the files. Names that differ by case only are one name to Spark, Hive, Athena and
 * DuckDB, as are a column's and that of a folder. Of two columns the renamed one is at fault, else the later.
 */
function nameProblem({ destination }: Combined, columns: readonly ColumnChoice[], index: number): string | null {
  const path = writingOf(destination).pathColumns(destination);
  const nameOf = (column: ColumnChoice) => (isRenamed(column) ? column.as! : besidePath(column.name, path));
  const column = columns[index]!;
  const name = nameOf(column);
  const yields = (other: ColumnChoice, at: number) =>
    isRenamed(other) === isRenamed(column) ? at < index : isRenamed(column);
  const same = columns.find(
    (other, at) => at !== index && nameOf(other).toLowerCase() === name.toLowerCase() && yields(other, at),
  );
  if (same && nameOf(same) === name) return `is the name of another column: ${name}`;
  if (same) return `is the name of another column but for upper and lower case: ${nameOf(same)}`;
  const folder = path.find((each) => each === name.toLowerCase());
  return folder ? `must not be ${folder}: folders are named ${folder}=…, which readers make a column of` : null;
}

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
    const problem = nameProblem(spec, columns, index);
    return problem ? [at(`columns.${index}.${as === null ? "name" : "as"}`, problem)] : [];
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

/** What of a changed export can't be combined. What was saved before a rule came may stay as it is. */
export function changedProblems(spec: Combined, stored: Combined): Problem[] {
  const textOf = ({ path, message }: Problem) => `${path.join(".")} ${message}`;
  const known = new Set(combinationProblems(stored).map(textOf));
  return combinationProblems(spec).filter((problem) => !known.has(textOf(problem)));
}
