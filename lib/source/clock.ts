import { queryRows, type Source } from "./client";

/** The source's current time. Throws an `ExportError`. */
export async function sourceNow(source: Source, signal?: AbortSignal): Promise<Date> {
  const query = "SELECT toUnixTimestamp64Milli(now64(3)) AS now";
  const [row] = await queryRows<{ now: string }>(source, query, { settings: { max_execution_time: 10 }, signal });
  return new Date(Number(row?.now));
}
