/** An incompressible receipt of typical size, and one that lists very many files. */
const RECEIPTS = [
  `CREATE TEMP TABLE receipts AS
     SELECT jsonb_build_object('formatVersion', 1, 'rows', 1000, 'pad', string_agg(md5(n::text), '')) AS small,
       (SELECT jsonb_build_object('formatVersion', 1, 'rows', 1000, 'files', jsonb_agg(jsonb_build_object(
          'key', 'scale/2/' || n || '.jsonl.gz', 'rows', 1, 'bytes', 100, 'sha256', md5(n::text) || md5((-n)::text), 'etag', md5(n::text))))
        FROM generate_series(1, $bigFiles::int) n) AS big
     FROM generate_series(1, 90) n`,
];

/** An export, the age of its window in hours, and the window's outcome. */
const HISTORY = [
  `CREATE TEMP TABLE history AS
     SELECT gen_random_uuid() AS id, s.id AS export_id, s.organization_id, s.project_id, s.n, k,
       date_trunc('hour', now()) - k * interval '1 hour' AS interval_end,
       date_trunc('month', (date_trunc('hour', now()) - k * interval '1 hour') AT TIME ZONE 'UTC')::date AS month,
       CASE WHEN k = 1 AND n % 50 = 3 THEN 'Running' WHEN (n + k) % 40 = 0 THEN 'Failed' WHEN (n + k) % 97 = 0 THEN 'Cancelled'
         ELSE 'Completed' END AS state
     FROM spread s, generate_series(1, CASE WHEN n = 1 THEN least($hours::int, $runs::int / 4) WHEN n = 2 THEN 30
       ELSE greatest(2, ($runs::int - least($hours::int, $runs::int / 4)) / ($exports::int - 1)) END) k`,
  `CREATE UNIQUE INDEX ON history (id)`,
];

export const RUNS = [
  ...RECEIPTS,
  ...HISTORY,
  `INSERT INTO runs (id, organization_id, project_id, export_id, historic_export_id, request_id, workflow_id, trigger, state,
       interval_start, interval_end, plan_version, rows, bytes, files, error, created_at, started_at, finished_at, cleaned_at)
     SELECT h.id, h.organization_id, h.project_id, h.export_id, x.id, substr(md5(h.id::text), 1, 16), 'scale-' || h.id,
       CASE WHEN x.id IS NOT NULL THEN 'historic' WHEN (n + k) % 500 = 7 THEN 'retry' ELSE 'schedule' END, h.state,
       interval_end - interval '1 hour', interval_end, 1, CASE WHEN h.state = 'Completed' THEN 1000 END,
       CASE WHEN h.state = 'Completed' THEN 50000 + (CASE WHEN k % 400 = 399 THEN 20000000 ELSE 0 END) END,
       CASE WHEN n = 2 THEN $bigFiles::int ELSE 2 END,
       CASE WHEN h.state = 'Failed' THEN '{"code": "timeout", "message": "It took too long.", "fix": null, "retryable": true}'::jsonb END,
       made, made + interval '1 second', CASE WHEN h.state <> 'Running' THEN made + (1 + (n * k) % 90) * interval '1 second' END,
       CASE WHEN h.state = 'Completed' THEN made END
     FROM (SELECT *, interval_end + (n % 3000) * interval '1 millisecond' AS made FROM history) h
       LEFT JOIN (SELECT DISTINCT ON (export_id) export_id, id FROM historic_exports ORDER BY export_id, created_at) x
         ON x.export_id = h.export_id AND (k BETWEEN 24 AND 47)`,
  `INSERT INTO run_documents (run_id, month, receipt)
     SELECT h.id, month, CASE WHEN n = 2 THEN big ELSE small END FROM history h CROSS JOIN receipts WHERE state = 'Completed'`,
];

/** Seven files per four runs, and all files of the second export's newest run. */
export const RUN_FILES = [
  `INSERT INTO run_files (run_id, month, organization_id, project_id, index, plan_version, key, bounds, state, attempt, expected_rows,
       expected_fingerprint, rows, bytes, sha256, etag, sent_at, started_at, finished_at)
     SELECT h.id, month, organization_id, project_id, i, 1, 'scale/' || n || '/' || k || '-' || i || '.jsonl.gz',
       '{"from": null, "to": null}', CASE WHEN h.state = 'Completed' THEN 'Completed' ELSE 'Failed' END, 1, 500, '0', 500, 25000,
       md5(k::text) || md5(n::text), md5(i::text), interval_end, interval_end, interval_end
     FROM history h, generate_series(0, CASE WHEN n = 2 AND k = 1 THEN $bigFiles::int - 1 WHEN k % 4 = 0 THEN 0 ELSE 1 END) i`,
];

export const RUN_DETAILS = [
  `INSERT INTO run_logs (run_id, month, organization_id, project_id, time, level, attempt, file, message)
     SELECT id, month, organization_id, project_id, interval_end + i * interval '1 second',
       CASE WHEN i = 5 AND state = 'Failed' THEN 'error' ELSE 'info' END, 1, NULL, 'Step ' || i || ' of window ' || k
     FROM history, generate_series(1, CASE WHEN n = 1 AND k = 1 THEN 2000 ELSE 5 END) i`,
  `INSERT INTO object_keys (organization_id, project_id, address, key, kind, export_id, interval_start, interval_end, run_id)
     SELECT f.organization_id, f.project_id, 'aws/scale', f.key, 'file', h.export_id, h.interval_end - interval '1 hour', h.interval_end, h.id
     FROM run_files f JOIN history h ON h.id = f.run_id`,
];
