CREATE TABLE "check_counters" (
	"kind" text NOT NULL,
	"outcome" text NOT NULL,
	"checks" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "check_counters_kind_outcome_pk" PRIMARY KEY("kind","outcome")
);
--> statement-breakpoint
CREATE TABLE "check_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"export_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"range_start" timestamp with time zone NOT NULL,
	"range_end" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'Running' NOT NULL,
	"windows" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"done_up_to" timestamp with time zone,
	"done_run_id" uuid,
	"error" jsonb,
	"created_by" text,
	"requested_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"export_id" uuid NOT NULL,
	"check_id" uuid,
	"kind" text NOT NULL,
	"look" text,
	"run_id" uuid NOT NULL,
	"interval_start" timestamp with time zone NOT NULL,
	"interval_end" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"expected" jsonb NOT NULL,
	"found" jsonb NOT NULL,
	"heal_run_id" uuid,
	"checked_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "watched_runs" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"export_id" uuid NOT NULL,
	"interval_start" timestamp with time zone NOT NULL,
	"committed_at" timestamp with time zone NOT NULL,
	"looked" integer DEFAULT 0 NOT NULL,
	"next_look_at" timestamp with time zone,
	"source_outcome" text,
	"source_checked_at" timestamp with time zone,
	"destination_outcome" text,
	"destination_checked_at" timestamp with time zone,
	"source_reported" text,
	"destination_reported" text,
	"source_unreported" text,
	"destination_unreported" text,
	"is_broken" boolean DEFAULT false NOT NULL,
	"is_broken_inside" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "checks" jsonb DEFAULT '{"source":["10m","1h","1d","7d","30d"],"destination":"daily","destinationDays":30,"expectDeletion":false,"deepShare":0.01,"onLate":"heal"}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "next_audit_at" timestamp with time zone DEFAULT now() + interval '1 day' NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "allow_shrink" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "source" ADD COLUMN "retention_days" integer;--> statement-breakpoint
ALTER TABLE "check_requests" ADD CONSTRAINT "check_requests_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_requests" ADD CONSTRAINT "check_requests_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_requests" ADD CONSTRAINT "check_requests_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "check_requests" ADD CONSTRAINT "check_requests_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_check_id_check_requests_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."check_requests"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_heal_run_id_runs_id_fk" FOREIGN KEY ("heal_run_id") REFERENCES "public"."runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_runs" ADD CONSTRAINT "watched_runs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "watched_runs" ADD CONSTRAINT "watched_runs_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_requests_export" ON "check_requests" USING btree ("export_id","created_at");--> statement-breakpoint
CREATE INDEX "check_requests_running" ON "check_requests" USING btree ("created_at") WHERE state = 'Running';--> statement-breakpoint
CREATE INDEX "checks_export" ON "checks" USING btree ("export_id","checked_at","id");--> statement-breakpoint
CREATE INDEX "checks_window" ON "checks" USING btree ("export_id","interval_start");--> statement-breakpoint
CREATE INDEX "checks_run" ON "checks" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "checks_checked" ON "checks" USING btree ("checked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "checks_request" ON "checks" USING btree ("check_id","run_id") WHERE check_id is not null;--> statement-breakpoint
CREATE INDEX "watched_runs_due" ON "watched_runs" USING btree ("next_look_at") WHERE next_look_at is not null;--> statement-breakpoint
CREATE INDEX "watched_runs_export" ON "watched_runs" USING btree ("export_id","interval_start");--> statement-breakpoint
CREATE INDEX "watched_runs_broken" ON "watched_runs" USING btree ("export_id") WHERE is_broken;--> statement-breakpoint
CREATE INDEX "watched_runs_unreported" ON "watched_runs" USING btree ("export_id") WHERE source_unreported is not null or destination_unreported is not null;--> statement-breakpoint
CREATE INDEX "exports_audit_due" ON "exports" USING btree ("next_audit_at") WHERE deleted_at is null and checks ->> 'destination' <> 'off';--> statement-breakpoint
CREATE FUNCTION look_seconds(look text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE look WHEN '10m' THEN 600 WHEN '1h' THEN 3600 WHEN '1d' THEN 86400 WHEN '7d' THEN 604800 WHEN '30d' THEN 2592000 END
$$;--> statement-breakpoint
CREATE FUNCTION next_look(committed timestamptz, looked integer, looks jsonb) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT committed + min(look_seconds(look)) * interval '1 second'
	FROM jsonb_array_elements_text(looks) AS look WHERE look_seconds(look) > looked
$$;--> statement-breakpoint
CREATE FUNCTION watch_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO watched_runs (run_id, export_id, interval_start, committed_at, next_look_at)
	SELECT NEW.id, NEW.export_id, NEW.interval_start, coalesce(NEW.finished_at, now()),
		next_look(coalesce(NEW.finished_at, now()), 0, checks -> 'source')
	FROM exports WHERE id = NEW.export_id
	ON CONFLICT DO NOTHING;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER runs_watched_made AFTER INSERT ON runs FOR EACH ROW
	WHEN (NEW.state = 'Completed') EXECUTE FUNCTION watch_run();--> statement-breakpoint
CREATE TRIGGER runs_watched AFTER UPDATE OF state ON runs FOR EACH ROW
	WHEN (NEW.state = 'Completed' AND OLD.state <> 'Completed') EXECUTE FUNCTION watch_run();--> statement-breakpoint
CREATE FUNCTION unwatch_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	DELETE FROM watched_runs WHERE run_id = NEW.id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER runs_unwatched AFTER UPDATE OF superseded_by ON runs FOR EACH ROW
	WHEN (NEW.superseded_by IS NOT NULL AND OLD.superseded_by IS NULL) EXECUTE FUNCTION unwatch_run();--> statement-breakpoint
-- Windows that earlier versions committed: only looks that are still to come are due.
INSERT INTO watched_runs (run_id, export_id, interval_start, committed_at, looked, next_look_at)
SELECT r.id, r.export_id, r.interval_start, r.finished_at, r.age, next_look(r.finished_at, r.age, e.checks -> 'source')
FROM (
	SELECT id, export_id, interval_start, finished_at,
		least(extract(epoch FROM now() - finished_at), 2147483647)::integer AS age
	FROM runs WHERE state = 'Completed' AND superseded_by IS NULL AND finished_at IS NOT NULL
) AS r JOIN exports e ON e.id = r.export_id;
