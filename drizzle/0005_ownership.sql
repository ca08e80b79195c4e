CREATE TABLE "rests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"export_id" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"clock_difference_ms" integer NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "object_keys" (
	"organization_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"address" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"export_id" uuid NOT NULL,
	"interval_start" timestamp with time zone NOT NULL,
	"interval_end" timestamp with time zone NOT NULL,
	"run_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "object_keys_address_key_pk" PRIMARY KEY("address","key")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "due_from" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "schedule_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "schedule_applied" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "renamed_from" text;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "sent_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "fence" bigserial NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "pinned" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "encoding_hash" text;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "manifest" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "cleaned_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "rests" ADD CONSTRAINT "rests_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "object_keys" ADD CONSTRAINT "object_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "object_keys" ADD CONSTRAINT "object_keys_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "object_keys" ADD CONSTRAINT "object_keys_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rests_export" ON "rests" USING btree ("export_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rests_open_export" ON "rests" USING btree ("export_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "processes_seen" ON "processes" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "object_keys_window" ON "object_keys" USING btree ("export_id","interval_start");--> statement-breakpoint
CREATE INDEX "exports_schedule_pending" ON "exports" USING btree ("id") WHERE schedule_applied < schedule_version;--> statement-breakpoint
CREATE INDEX "runs_uncleaned" ON "runs" USING btree ("finished_at") WHERE state = 'Completed' and cleaned_at is null;--> statement-breakpoint
-- A column is filled in the order in which rows lie, which is not that of their making.
UPDATE "runs" r SET "fence" = n."fence" FROM (
  SELECT "id", row_number() OVER (ORDER BY "created_at", "id") AS "fence" FROM "runs"
) n WHERE r."id" = n."id";--> statement-breakpoint
-- Of the runs that completed a window, the last one's receipt is the current one.
UPDATE "runs" r SET "superseded_by" = n."id" FROM (
  SELECT DISTINCT ON ("export_id", "interval_start", "interval_end") "id", "export_id", "interval_start", "interval_end"
  FROM "runs" WHERE "state" = 'Completed' ORDER BY "export_id", "interval_start", "interval_end", "finished_at" DESC
) n WHERE r."state" = 'Completed' AND r."export_id" = n."export_id" AND r."interval_start" = n."interval_start"
  AND r."interval_end" = n."interval_end" AND r."id" <> n."id";--> statement-breakpoint
UPDATE "runs" SET "cleaned_at" = "finished_at" WHERE "state" = 'Completed';--> statement-breakpoint
UPDATE "run_files" SET "sent_at" = "started_at" WHERE "state" <> 'Pending';--> statement-breakpoint
-- What ended before an export was resumed was left out on purpose; without any scheduled run nothing is owed.
UPDATE "exports" e SET "schedule_applied" = 1, "due_from" = greatest(
  coalesce((SELECT max(r."interval_end") FROM "runs" r WHERE r."export_id" = e."id" AND r."trigger" = 'schedule'), e."updated_at"),
  (SELECT max(a."time") FROM "audit_log" a WHERE a."organization_id" = e."organization_id" AND a."object_type" = 'export'
    AND a."object_id" = e."id"::text AND a."action" = 'export.resume'));--> statement-breakpoint
INSERT INTO "rests" ("export_id", "started_at") SELECT e."id", e."created_at" FROM "exports" e
  JOIN "connections" c ON c."id" = e."connection_id"
  WHERE e."deleted_at" IS NULL AND (e."paused" OR c."verified_at" IS NULL OR NOT c."automatic");
