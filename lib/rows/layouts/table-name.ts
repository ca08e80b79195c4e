import { atWith, type Problem } from "../problem";
import { tablesOfModel } from "../tables/registry";
import type { Combination } from "./types";

/** Unless keys name the table, files of two tables would have the same keys. */
export function tableNameProblems({ model, destination }: Combination): Problem[] {
  const { prefix } = destination;
  if (tablesOfModel(model).length < 2 || prefix.includes("{table_name}")) return [];
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const refusal =
    "Must contain {table_name}: the export has several tables, and their files would overwrite each other.";
  return [atWith("destination.prefix", `${folder}{table_name}/`, refusal)];
}
