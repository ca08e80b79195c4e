import { oncePerId } from "../rows/tables/once-per-id";
import type { SourceTable } from "../rows/tables/types";
import type { RunSpec } from "./run-spec";
import { writingOf } from "./writing";

/** The tables of an export, as they are read. */
export function tablesOfSpec(spec: Pick<RunSpec, "destination" | "model" | "oneRowPerId">): readonly SourceTable[] {
  const tables = writingOf(spec.destination).tables(spec.model);
  return spec.oneRowPerId ? tables.map(oncePerId) : tables;
}
