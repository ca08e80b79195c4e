-- The tables that Penstock reads: docs/source.md#the-tables. A unit test compares them with local/clickhouse/schema.ts.

CREATE TABLE IF NOT EXISTS events (
  project_id UInt32,
  uuid UUID,
  event LowCardinality(String),
  distinct_id String,
  person_id UUID,
  timestamp DateTime64(6, 'UTC'),
  created_at DateTime64(6, 'UTC'),
  inserted_at DateTime64(6, 'UTC'),
  properties String,
  person_properties String,
  elements_chain String,
  ip String
) ENGINE = MergeTree ORDER BY (project_id, inserted_at, uuid);

CREATE TABLE IF NOT EXISTS persons (
  project_id UInt32,
  person_id UUID,
  distinct_ids Array(String),
  properties String,
  created_at DateTime64(6, 'UTC'),
  inserted_at DateTime64(6, 'UTC'),
  version UInt64,
  is_deleted UInt8
) ENGINE = ReplacingMergeTree(version) ORDER BY (project_id, person_id);

CREATE TABLE IF NOT EXISTS merged_ids (
  project_id UInt32,
  scope UInt32,
  amplitude_id Int64,
  merged_amplitude_id Int64,
  merge_time DateTime64(3, 'UTC'),
  inserted_at DateTime64(6, 'UTC')
) ENGINE = MergeTree ORDER BY (project_id, inserted_at, amplitude_id);
