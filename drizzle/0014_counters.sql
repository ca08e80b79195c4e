CREATE TABLE "outbox_counters" (
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"slot" smallint NOT NULL,
	"items" bigint NOT NULL,
	CONSTRAINT "outbox_counters_kind_state_slot_pk" PRIMARY KEY("kind","state","slot")
);
--> statement-breakpoint
CREATE TABLE "run_counters" (
	"state" text NOT NULL,
	"bucket" smallint NOT NULL,
	"slot" smallint NOT NULL,
	"runs" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"rows" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"seconds" numeric NOT NULL,
	CONSTRAINT "run_counters_state_bucket_slot_pk" PRIMARY KEY("state","bucket","slot")
);
--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "committed_up_to" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "scheduled_start" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "scheduled_end" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "scheduled_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "deliveries_channel" ON "deliveries" USING btree ("channel_id","created_at");--> statement-breakpoint
CREATE INDEX "runs_project_trigger" ON "runs" USING btree ("project_id","trigger","created_at") WHERE trigger <> 'schedule';--> statement-breakpoint
CREATE FUNCTION run_bucket(took interval) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN took IS NULL THEN -1 ELSE (
		SELECT count(*) FROM unnest(ARRAY[1, 5, 15, 30, 60, 300, 900, 3600, 14400]) AS bound WHERE extract(epoch FROM took) > bound
	) END::smallint
$$;--> statement-breakpoint
CREATE FUNCTION count_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO run_counters AS c (state, bucket, slot, runs, attempts, rows, bytes, seconds)
	SELECT r.state, run_bucket(r.took), pg_backend_pid() % 16, sum(r.sign), sum(r.sign * r.attempt), sum(r.sign * coalesce(r.rows, 0)),
		sum(r.sign * coalesce(r.bytes, 0)), sum(r.sign * coalesce(extract(epoch FROM r.took), 0))
	FROM (VALUES
		(-1, OLD.state, OLD.attempt, OLD.rows, OLD.bytes, OLD.finished_at - OLD.started_at),
		(1, NEW.state, NEW.attempt, NEW.rows, NEW.bytes, NEW.finished_at - NEW.started_at)
	) AS r (sign, state, attempt, rows, bytes, took)
	WHERE r.state IN ('Completed', 'Failed', 'Cancelled')
	GROUP BY 1, 2 ORDER BY 1, 2
	ON CONFLICT (state, bucket, slot) DO UPDATE SET runs = c.runs + excluded.runs, attempts = c.attempts + excluded.attempts,
		rows = c.rows + excluded.rows, bytes = c.bytes + excluded.bytes, seconds = c.seconds + excluded.seconds;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER runs_counted_made AFTER INSERT ON runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN (NEW.state IN ('Completed', 'Failed', 'Cancelled')) EXECUTE FUNCTION count_run();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER runs_counted AFTER UPDATE ON runs DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
	WHEN ((NEW.state IN ('Completed', 'Failed', 'Cancelled') OR OLD.state IN ('Completed', 'Failed', 'Cancelled'))
		AND (OLD.state, OLD.attempt, OLD.rows, OLD.bytes, OLD.started_at, OLD.finished_at)
			IS DISTINCT FROM (NEW.state, NEW.attempt, NEW.rows, NEW.bytes, NEW.started_at, NEW.finished_at))
	EXECUTE FUNCTION count_run();--> statement-breakpoint
CREATE FUNCTION count_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO outbox_counters AS c (kind, state, slot, items)
	SELECT TG_TABLE_NAME, r.state, pg_backend_pid() % 16, sum(r.sign)
	FROM (VALUES (-1, OLD.state), (1, NEW.state)) AS r (sign, state)
	WHERE r.state IS NOT NULL GROUP BY 2 HAVING sum(r.sign) <> 0 ORDER BY 2
	ON CONFLICT (kind, state, slot) DO UPDATE SET items = c.items + excluded.items;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER mails_counted AFTER INSERT OR UPDATE OR DELETE ON mails
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_outbox();--> statement-breakpoint
CREATE CONSTRAINT TRIGGER deliveries_counted AFTER INSERT OR UPDATE OR DELETE ON deliveries
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_outbox();--> statement-breakpoint
CREATE FUNCTION committed_from(of_export uuid, since timestamptz, known timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT coalesce(min(reached) FILTER (WHERE interval_start > reached), greatest(max(interval_end), known))
	FROM (
		SELECT interval_start, interval_end, greatest(known,
			max(interval_end) OVER (ORDER BY interval_start ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS reached
		FROM runs WHERE export_id = of_export AND state = 'Completed' AND interval_start >= since
	) AS done
$$;--> statement-breakpoint
CREATE FUNCTION committed_lately(of_export uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT committed_from(of_export, earliest, earliest) FROM (
		SELECT min(interval_start) AS earliest FROM runs
		WHERE export_id = of_export AND historic_export_id IS NULL AND interval_start >= now() - interval '30 days'
	) AS looked_at
$$;--> statement-breakpoint
CREATE FUNCTION note_committed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	known timestamptz;
BEGIN
	SELECT committed_up_to INTO known FROM exports WHERE id = NEW.export_id FOR NO KEY UPDATE;
	IF known IS NULL OR known < now() - interval '30 days' THEN
		known := committed_lately(NEW.export_id);
	ELSIF NEW.interval_start <= known AND known < NEW.interval_end THEN
		known := committed_from(NEW.export_id, NEW.interval_start, known);
	ELSE
		RETURN NULL;
	END IF;
	UPDATE exports SET committed_up_to = known WHERE id = NEW.export_id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER runs_committed_made AFTER INSERT ON runs FOR EACH ROW
	WHEN (NEW.state = 'Completed') EXECUTE FUNCTION note_committed();--> statement-breakpoint
CREATE TRIGGER runs_committed AFTER UPDATE OF state ON runs FOR EACH ROW
	WHEN (NEW.state = 'Completed' AND OLD.state <> 'Completed') EXECUTE FUNCTION note_committed();--> statement-breakpoint
CREATE FUNCTION note_scheduled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE exports SET scheduled_start = NEW.interval_start, scheduled_end = NEW.interval_end, scheduled_at = NEW.created_at
	WHERE id = NEW.export_id AND (scheduled_start IS NULL OR scheduled_start <= NEW.interval_start);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER runs_scheduled AFTER INSERT ON runs FOR EACH ROW
	WHEN (NEW.trigger = 'schedule') EXECUTE FUNCTION note_scheduled();--> statement-breakpoint
CREATE FUNCTION recount_ledger() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	LOCK TABLE runs, mails, deliveries IN SHARE ROW EXCLUSIVE MODE;
	DELETE FROM run_counters;
	INSERT INTO run_counters
	SELECT state, run_bucket(finished_at - started_at), 0, count(*), sum(attempt), coalesce(sum(rows), 0), coalesce(sum(bytes), 0),
		coalesce(sum(extract(epoch FROM finished_at - started_at)), 0)
	FROM runs WHERE state IN ('Completed', 'Failed', 'Cancelled') GROUP BY 1, 2;
	DELETE FROM outbox_counters;
	INSERT INTO outbox_counters
	SELECT 'mails', state, 0, count(*) FROM mails GROUP BY state
	UNION ALL SELECT 'deliveries', state, 0, count(*) FROM deliveries GROUP BY state;
	UPDATE exports e SET committed_up_to = committed_lately(e.id),
		scheduled_start = r.interval_start, scheduled_end = r.interval_end, scheduled_at = r.created_at
	FROM exports of LEFT JOIN LATERAL (
		SELECT interval_start, interval_end, created_at FROM runs
		WHERE export_id = of.id AND trigger = 'schedule' ORDER BY interval_start DESC, created_at DESC LIMIT 1
	) AS r ON true
	WHERE e.id = of.id AND of.deleted_at IS NULL;
END $$;--> statement-breakpoint
SELECT recount_ledger();
