import type { SourceTable } from "@/lib/rows/tables/types";

/** Types of the source contract, as ClickHouse writes them. Others of the same kind work too. */
const WANTED = {
  uuid: ["UUID", /^UUID$/],
  string: ["String", /^(String|FixedString\(\d+\)|Enum(8|16)\(.*\))$/],
  strings: ["Array(String)", /^Array\((LowCardinality\()?String\)*$/],
  time: ["DateTime64(6, 'UTC')", /^DateTime(64\(\d(, '[^']+')?\)|\('[^']+'\))?$/],
  json: ["String", /^String$/],
  int: ["Int64", /^U?Int(8|16|32|64)$/],
} as const;

/** Columns that no model writes, but reads need. */
const HIDDEN: Record<string, { name: string; kind: keyof typeof WANTED }[]> = {
  events: [{ name: "project_id", kind: "int" }],
  persons: [
    { name: "project_id", kind: "int" },
    { name: "is_deleted", kind: "int" },
  ],
  merged_ids: [{ name: "project_id", kind: "int" }],
};

/** Strips LowCardinality, which doesn't affect how a type is read. */
const bare = (type: string) => type.replace(/^LowCardinality\((.*)\)$/s, "$1");

/** Problems with a table's columns, by name and ClickHouse type: one sentence each. */
export function columnProblems(model: SourceTable, found: ReadonlyMap<string, string>): string[] {
  const columns = [...model.columns, ...(HIDDEN[model.table] ?? [])];
  return columns.flatMap(({ name, kind }) => {
    const type = found.get(name);
    const [wanted, right] = WANTED[kind];
    if (type === undefined) return [`${name} ${wanted} is missing`];
    if (/^(LowCardinality\()?Nullable\(/.test(type)) return [`${name} is ${type}: NULL would become an empty value`];
    return right.test(bare(type)) ? [] : [`${name} is ${type} instead of ${wanted}`];
  });
}

/** View columns that convert a table's columns to the contract, as far as casts can. */
export function viewColumns(model: SourceTable, found: ReadonlyMap<string, string>): string {
  const columns = [...(HIDDEN[model.table] ?? []), ...model.columns];
  return columns
    .map(({ name, kind }) => {
      const [wanted, right] = WANTED[kind];
      const type = found.get(name) ?? "";
      if (right.test(bare(type))) return `  ${name}`;
      if (type === "") return `  CAST(… AS ${wanted}) AS ${name}`;
      if (kind === "json") return `  toJSONString(${name}) AS ${name}`;
      return `  CAST(assumeNotNull(${name}) AS ${wanted}) AS ${name}`;
    })
    .join(",\n");
}
