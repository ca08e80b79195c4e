import type { Settings } from "../destinations/settings";
import { writingOf } from "../destinations/writing";
import type { ExportChoices as CombinedOf } from "../destinations/writing-types";
import type { ColumnChoice } from "../fields/columns";
import { at, atWith, type Fix, list, model as modelName, oneOf, type Problem, type Text, text } from "../rows/problem";
import { besidePath } from "../rows/shapes/beside-path";
import { models, tablesOfModel } from "../rows/tables/registry";

export type Combined = CombinedOf<Settings>;

const isRenamed = ({ name, as }: ColumnChoice) => as !== null && as !== name;

/**
 * What is wrong with a column's name in the files. Spark, Hive, Athena, and DuckDB ignore case and read a folder's name
 * as a column. Of two equal names, the renamed column is at fault, otherwise the later one.
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
  if (same && nameOf(same) === name) return `Another column has the name ${name}. Choose another name.`;
  if (same) return `Another column has the name ${nameOf(same)}, which differs only in case. Choose another name.`;
  const folder = path.find((each) => each === name.toLowerCase());
  return folder ? `Must not be ${folder}: readers make a column of the folders ${folder}=….` : null;
}

/** Without a selection, exports have all columns. */
const withoutColumn = (columns: readonly ColumnChoice[], index: number): Fix => ({
  path: "columns",
  value: columns.length > 1 ? columns.toSpliced(index, 1) : null,
});

function columnProblems(spec: Combined): Problem[] {
  const { columns, model } = spec;
  if (!columns) return [];
  const fixed = writingOf(spec.destination).hasFixedShape(model, spec.destination);
  const known = new Set(tablesOfModel(model).flatMap((part) => part.columns.map(({ name }) => name)));
  const problems = columns.flatMap(({ name, as }, index) => {
    if (!known.has(name))
      return [
        at(
          `columns.${index}.name`,
          `Not a column of ${models[model].label.toLowerCase()}. Must be one of: ${list([...known])}.`,
          withoutColumn(columns, index),
        ),
      ];
    if (as !== null && fixed)
      return [atWith(`columns.${index}.as`, null, "Must be left out: the layout sets the names in these files.")];
    const problem = nameProblem(spec, columns, index);
    if (!problem) return [];
    if (as !== null) return [atWith(`columns.${index}.as`, null, problem)];
    return [at(`columns.${index}.name`, problem, withoutColumn(columns, index))];
  });
  const bare = tablesOfModel(model).find(
    (part) => !part.columns.some(({ name }) => columns.some((each) => each.name === name)),
  );
  return bare && !fixed
    ? [...problems, atWith("columns", null, `Select at least one column of ${bare.table}.`)]
    : problems;
}

function filterProblems({ model, filters }: Combined): Problem[] {
  const parts = tablesOfModel(model);
  const problems: Problem[] = [];
  const hasEvents = parts.some(({ eventColumn }) => eventColumn !== null);
  for (const name of ["includeEvents", "excludeEvents"] as const)
    if (filters[name].length > 0 && !hasEvents)
      problems.push(atWith(`filters.${name}`, [], text`Only for ${modelName("events")}, not for ${modelName(model)}.`));
  const columns = new Set(parts.flatMap(({ propertyColumns }) => propertyColumns));
  filters.properties.forEach(({ column }, index) => {
    if (columns.has(column)) return;
    const refusal: Text =
      columns.size > 0
        ? text`${oneOf([...columns])} with ${modelName(model)}.`
        : text`Only for ${modelName("events")} and ${modelName("persons")}, not for ${modelName(model)}.`;
    const fix = { path: "filters.properties", value: filters.properties.toSpliced(index, 1) };
    problems.push(at(`filters.properties.${index}.column`, refusal, fix));
  });
  return problems;
}

/** What can't be combined in an export, and why: the one rule for form and API. */
export const combinationProblems = (spec: Combined): Problem[] => [
  ...writingOf(spec.destination).problems(spec),
  ...columnProblems(spec),
  ...filterProblems(spec),
];

/** What can't be combined in a changed export. Values saved before a rule existed may stay. */
export function changedProblems(spec: Combined, stored: Combined): Problem[] {
  const textOf = ({ path, message }: Problem) => `${path.join(".")} ${message}`;
  const known = new Set(combinationProblems(stored).map(textOf));
  return combinationProblems(spec).filter((problem) => !known.has(textOf(problem)));
}
