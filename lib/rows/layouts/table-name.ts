import { partsOf } from "../tables/registry";
import type { Combination, Problem } from "./types";

/** Where keys don't name the table by themselves, files of two tables would have the same ones. */
export function tableNameProblems({ model, destination }: Combination): Problem[] {
  if (partsOf(model).length < 2 || destination.prefix.includes("{table_name}")) return [];
  return [
    {
      path: ["destination", "prefix"],
      message: "must contain {table_name}: the export carries several tables, whose files would overwrite each other",
    },
  ];
}
