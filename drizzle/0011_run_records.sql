-- Files, logs, and documents of runs are kept by the month that their run was made in, so that retention drops whole tables.
CREATE TABLE "run_archive" (
	"run_id" uuid PRIMARY KEY NOT NULL REFERENCES "runs"("id") ON DELETE CASCADE,
	"files" jsonb,
	"receipt_sha256" text
);
--> statement-breakpoint
CREATE TABLE "run_documents" (
	"run_id" uuid NOT NULL,
	"month" date NOT NULL,
	"spec" jsonb,
	"source" jsonb,
	"receipt" jsonb,
	"receipt_sha256" text
) PARTITION BY RANGE ("month");
--> statement-breakpoint
ALTER TABLE "run_files" RENAME TO "run_files_before";
--> statement-breakpoint
CREATE TABLE "run_files" (LIKE "run_files_before" INCLUDING DEFAULTS, "month" date NOT NULL) PARTITION BY RANGE ("month");
--> statement-breakpoint
ALTER TABLE "run_logs" RENAME TO "run_logs_before";
--> statement-breakpoint
CREATE TABLE "run_logs" (LIKE "run_logs_before" INCLUDING DEFAULTS, "month" date NOT NULL) PARTITION BY RANGE ("month");
--> statement-breakpoint
DO $$
DECLARE
	parent text;
	first date := (SELECT coalesce(min("created_at"), now()) FROM "runs") AT TIME ZONE 'UTC';
	month date;
BEGIN
	FOREACH parent IN ARRAY ARRAY['run_documents', 'run_files', 'run_logs'] LOOP
		EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', parent || '_rest', parent);
		month := date_trunc('month', first::timestamp)::date;
		WHILE month <= (now() AT TIME ZONE 'UTC' + interval '1 month')::date LOOP
			EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
				parent || to_char(month, '_YYYY_MM'), parent, month, (month + interval '1 month')::date);
			month := (month + interval '1 month')::date;
		END LOOP;
	END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO "run_documents" ("run_id", "month", "spec", "source", "receipt")
	SELECT "id", date_trunc('month', "created_at" AT TIME ZONE 'UTC')::date, "spec", "source", "receipt" FROM "runs"
	WHERE "spec" IS NOT NULL OR "source" IS NOT NULL OR "receipt" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "run_files" SELECT b.*, date_trunc('month', r."created_at" AT TIME ZONE 'UTC')::date
	FROM "run_files_before" b JOIN "runs" r ON r."id" = b."run_id";
--> statement-breakpoint
INSERT INTO "run_logs" SELECT b.*, date_trunc('month', r."created_at" AT TIME ZONE 'UTC')::date
	FROM "run_logs_before" b JOIN "runs" r ON r."id" = b."run_id";
--> statement-breakpoint
ALTER SEQUENCE "run_logs_id_seq" OWNED BY "run_logs"."id";
--> statement-breakpoint
DROP TABLE "run_files_before";
--> statement-breakpoint
DROP TABLE "run_logs_before";
--> statement-breakpoint
ALTER TABLE "run_documents" ADD CONSTRAINT "run_documents_run_id_month_pk" PRIMARY KEY ("run_id", "month");
--> statement-breakpoint
ALTER TABLE "run_files" ADD CONSTRAINT "run_files_run_id_plan_version_index_month_pk" PRIMARY KEY ("run_id", "plan_version", "index", "month");
--> statement-breakpoint
ALTER TABLE "run_logs" ADD CONSTRAINT "run_logs_run_id_id_month_pk" PRIMARY KEY ("run_id", "id", "month");
--> statement-breakpoint
ALTER TABLE "run_documents" ADD CONSTRAINT "run_documents_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE "run_files" ADD CONSTRAINT "run_files_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE "run_logs" ADD CONSTRAINT "run_logs_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE;
--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "source";
--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "spec";
--> statement-breakpoint
ALTER TABLE "runs" DROP COLUMN "receipt";
--> statement-breakpoint
-- A run's row is updated a few times: with room on its page, an update of no indexed column touches no index.
ALTER TABLE "runs" SET (fillfactor = 80);
