ALTER TABLE "connections" ADD COLUMN "capabilities" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "file_schema" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "replaced" jsonb;--> statement-breakpoint
UPDATE "exports" SET "destination" = "destination" || '{"deletedPersons": "remove"}'::jsonb
	WHERE "destination"->>'type' IN ('postgres', 'snowflake', 'bigquery') AND NOT "destination" ? 'deletedPersons';
