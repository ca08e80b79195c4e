import type { SourceTable } from "../../rows/tables/types";
import { ARRIVED } from "../../rows/tables/window";

/** SQL for a row's arrival, in µs. */
export const MICROS = `toUnixTimestamp64Micro(${ARRIVED})`;

/** SQL: how many cursors are not after a row, if it arrived exactly at the time of one; otherwise -1. */
export const tieOf = ({ id }: Pick<SourceTable, "id">) =>
  `if(has({cutTimes:Array(Int64)}, slot), toInt64(arrayCount(c -> c <= (slot, ${id}), cuts)), -1)`;

/** SQL: the cursors as `cuts`. */
export const CUTS = "WITH arrayZip({cutTimes:Array(Int64)}, arrayMap(x -> toUUID(x), {cutIds:Array(String)})) AS cuts";
