import type { ClickHouseSettings } from "@clickhouse/client";
import { getEnv } from "../env";
import { KIB, MINUTE } from "../units";

/** How long the source may be silent, in ms: a destination that stops reading holds the stream back for as long. */
export const SILENCE = 15 * MINUTE;

/** How often a query that has no rows yet says so, in ms: proxies cut what is silent for 60 s, and each time adds to the headers. */
const PROGRESS = 25_000;

/** The largest header of an answer, in bytes: progress of hours fits in. */
export const MAX_HEADERS = 256 * KIB;

/** Every limit that may end a query early as if there were nothing more. Source: ClickHouse's documentation of query complexity. */
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
 * Overrides what a user's profile may hold that makes an answer smaller or other than the truth, and says nothing: unavailable shards
 * and stale replicas, limits, cached answers, deleted rows, groups that are not merged, and NULL for what should be 0.
 */
const wholeAnswers: ClickHouseSettings = {
  ...(Object.fromEntries(OVERFLOWS.map((name) => [overflowSetting(name), "throw"])) as ClickHouseSettings),
  skip_unavailable_shards: 0,
  fallback_to_stale_replicas_for_distributed_queries: 0,
  // With hedged requests ClickHouse calls a shard that is down a stale one.
  use_hedged_requests: 0,
  use_query_cache: 0,
  limit: "0",
  offset: "0",
  additional_result_filter: "",
  final: 0,
  // Rows may lie elsewhere than the sharding key says, as after shards were added.
  optimize_skip_unused_shards: 0,
  distributed_group_by_no_merge: "0",
  // IN over a distributed table is either GLOBAL or refused, never answered by each shard for itself.
  distributed_product_mode: "deny",
  apply_deleted_mask: 1,
  aggregate_functions_null_for_empty: 0,
  empty_result_for_aggregation_by_empty_set: 0,
  transform_null_in: 0,
  join_use_nulls: 0,
  // ClickHouse 25.10 and older end an answer that fails on its way with the error as one more row of JSON, as if it were whole.
  http_write_exception_in_output_format: 0,
};

/** Makes the same query give the same bytes wherever it runs, and ends it when nobody listens any more. */
const stableAnswers: ClickHouseSettings = {
  output_format_json_escape_forward_slashes: 0,
  http_zlib_compression_level: "3",
  output_format_compression_level: "3",
  optimize_read_in_order: 1,
  session_timezone: "UTC",
  max_execution_time: 0,
  // Many filters on properties make a long query.
  max_query_size: "4194304",
  send_timeout: SILENCE / 1000,
  send_progress_in_http_headers: 1,
  http_headers_progress_interval_ms: String(PROGRESS),
  // Penstock only reads. ClickHouse ends a query whose client is gone only where it is read-only; a user who may not see
  // `system.processes` has no other way to end one. Users whose profile has readonly = 2 may send the same value.
  readonly: "2",
  cancel_http_readonly_queries_on_client_close: 1,
};

/** What every query is sent with, however the source is set. */
export const fixedSettings: ClickHouseSettings = { ...wholeAnswers, ...stableAnswers };

/** How the operator has set the source. */
export interface ReadOptions {
  /** How long windows settle, in seconds: replicas may be as far behind. */
  settleSeconds: number;
  sequentialConsistency: boolean;
}

let options: ReadOptions | null = null;

/** Sets how this process reads the source from now on. */
export function readSource(next: ReadOptions): void {
  options = next;
}

/** What queries are sent with beside the fixed settings. */
export function readSettings(): ClickHouseSettings {
  const { settleSeconds, sequentialConsistency } = options ?? {
    settleSeconds: getEnv().SETTLE_SECONDS,
    sequentialConsistency: false,
  };
  return {
    // 0 would mean that any delay will do.
    max_replica_delay_for_distributed_queries: String(Math.max(1, settleSeconds)),
    ...(sequentialConsistency && { select_sequential_consistency: "1" }),
  };
}
