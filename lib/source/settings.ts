import type { ClickHouseSettings } from "@clickhouse/client";
import { getEnv } from "../env";
import { KIB, MINUTE } from "../units";

/** Maximum silence of the source, in ms: a destination that stops reading blocks the stream for as long. */
export const SILENCE = 15 * MINUTE;

/**
 * Progress interval of a query without rows yet, in ms: proxies cut connections that are silent for 60 s, and each
 * report adds to the headers.
 */
const PROGRESS = 25_000;

/** Maximum header size of a response, in bytes: fits hours of progress. */
export const MAX_HEADERS = 256 * KIB;

/** Limits that may silently end a query early. Source: ClickHouse's documentation of query complexity. */
const OVERFLOWS = [
  "read",
  "read_leaf",
  "group_by",
  "sort",
  "result",
  "timeout",
  "timeout_leaf",
  "set",
  "join",
  "transfer",
  "distinct",
] as const;

const overflowSetting = (name: string) =>
  name.endsWith("_leaf") ? `${name.slice(0, -5)}_overflow_mode_leaf` : `${name}_overflow_mode`;

/**
 * Overrides profile settings that silently make a response incomplete or wrong: unavailable shards and stale replicas,
 * limits, cached responses, deleted rows, unmerged groups, and NULL instead of 0.
 */
const wholeAnswers: ClickHouseSettings = {
  ...(Object.fromEntries(OVERFLOWS.map((name) => [overflowSetting(name), "throw"])) as ClickHouseSettings),
  skip_unavailable_shards: 0,
  fallback_to_stale_replicas_for_distributed_queries: 0,
  // With hedged requests, ClickHouse reports a shard that is down as stale.
  use_hedged_requests: 0,
  use_query_cache: 0,
  limit: "0",
  offset: "0",
  additional_result_filter: "",
  final: 0,
  // Rows may not be where the sharding key says, as after shards were added.
  optimize_skip_unused_shards: 0,
  distributed_group_by_no_merge: "0",
  // IN over a distributed table is either GLOBAL or rejected, never evaluated by each shard for itself.
  distributed_product_mode: "deny",
  apply_deleted_mask: 1,
  aggregate_functions_null_for_empty: 0,
  empty_result_for_aggregation_by_empty_set: 0,
  transform_null_in: 0,
  join_use_nulls: 0,
  // ClickHouse 25.10 and older append a midway error as one more row of JSON, as if the response were whole.
  http_write_exception_in_output_format: 0,
};

/** Makes a query return the same bytes everywhere, and ends it when its client is gone. */
const stableAnswers: ClickHouseSettings = {
  output_format_json_escape_forward_slashes: 0,
  http_zlib_compression_level: "3",
  output_format_compression_level: "3",
  optimize_read_in_order: 1,
  session_timezone: "UTC",
  max_execution_time: 0,
  // Many property filters make a long query.
  max_query_size: "4194304",
  send_timeout: SILENCE / 1000,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: String(PROGRESS),
  // Penstock only reads. ClickHouse ends an abandoned query only if it is read-only, and a user without access to
  // `system.processes` has no other way to end one. Users whose profile has readonly = 2 may send the same value.
  readonly: "2",
  cancel_http_readonly_queries_on_client_close: 1,
};

/** Settings of every query, however the source is configured. */
export const fixedSettings: ClickHouseSettings = { ...wholeAnswers, ...stableAnswers };

/** How the operator configured the source. */
export interface ReadOptions {
  /** Settle time of windows, in seconds: replicas may lag by as much. */
  settleSeconds: number;
  sequentialConsistency: boolean;
}

let options: ReadOptions | null = null;

/** Sets how this process reads the source from now on. */
export function readSource(next: ReadOptions): void {
  options = next;
}

/** Settings sent in addition to the fixed ones. */
export function readSettings(): ClickHouseSettings {
  const { settleSeconds, sequentialConsistency } = options ?? {
    settleSeconds: getEnv().SETTLE_SECONDS,
    sequentialConsistency: false,
  };
  return {
    // 0 would allow any delay.
    max_replica_delay_for_distributed_queries: String(Math.max(1, settleSeconds)),
    ...(sequentialConsistency && { select_sequential_consistency: "1" }),
  };
}
