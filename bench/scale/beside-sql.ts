/** What grows with the runs: an audit entry per five runs, and an alert, two mails, and a delivery per failure. */
export const BESIDE = [
  `INSERT INTO audit_log (organization_id, project_id, time, actor_kind, actor_id, actor_name, action, object_type, object_id, object_name, changes)
     SELECT s.organization_id, s.project_id, now() - ($runs::int / 5 - i) * interval '1 minute', 'user', 'user-' || i % 50,
       'Person ' || i % 50, CASE i % 3 WHEN 0 THEN 'run.retry' WHEN 1 THEN 'export.patch' ELSE 'run.cancel' END,
       CASE i % 3 WHEN 1 THEN 'export' ELSE 'run' END, s.id::text, 'Export ' || n, '[]'
     FROM generate_series(1, $runs::int / 5) i JOIN spread s ON s.n = 1 + i % $exports::int`,
  `INSERT INTO alert_channels (organization_id, kind, name, secrets, host)
     SELECT organization_id, 'webhook', 'Channel ' || k, '', 'hooks.example.com' FROM places, generate_series(1, 3) k`,
  `INSERT INTO alerts (organization_id, project_id, export_id, run_id, kind, cause, failure, interval_start, interval_end, created_at)
     SELECT organization_id, project_id, export_id, id, 'failed', 'timeout',
       '{"code": "timeout", "message": "It took too long.", "fix": null, "retryable": true}', interval_end - interval '1 hour',
       interval_end, interval_end + (n % 3000) * interval '1 millisecond'
     FROM history WHERE state = 'Failed'`,
  `INSERT INTO mails (organization_id, alert_id, "to", subject, body, state, created_at, sent_at)
     SELECT organization_id, id, 'person' || i || '@example.com', 'It failed', repeat(md5(id::text), 60),
       CASE WHEN i = 1 THEN 'sent' ELSE 'failed' END, created_at, created_at FROM alerts, generate_series(1, 2) i`,
  `INSERT INTO deliveries (organization_id, alert_id, channel_id, state, created_at)
     SELECT a.organization_id, a.id, c.id, 'sent', a.created_at FROM alerts a JOIN alert_channels c
       ON c.organization_id = a.organization_id AND c.name = 'Channel 1'`,
];
