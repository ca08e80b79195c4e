import type { RunSpec } from "../db/schema/run-documents";
import { oncePerId } from "../models/once-per-id";
import type { Model } from "../models/types";
import { writingOf } from "./writing";

/** The tables that an export carries, as they are read. */
export function tablesOfSpec(spec: Pick<RunSpec, "destination" | "model" | "oneRowPerId">): readonly Model[] {
  const tables = writingOf(spec.destination).tables(spec.model);
  return spec.oneRowPerId ? tables.map(oncePerId) : tables;
}
