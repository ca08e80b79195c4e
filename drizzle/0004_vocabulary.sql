ALTER TABLE "exports" ADD COLUMN "columns" jsonb;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "past_schedules" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "table_name" text DEFAULT 'events' NOT NULL;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "encryption" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "spec" jsonb;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "replaced_characters" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "hash_salt" text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE "exports" SET "destination" = '{"compressionLevel": null, "partitionByEvent": false, "defuseFormulas": false, "orgId": null, "bucketKeyEnabled": false}'::jsonb || "destination";--> statement-breakpoint
UPDATE "exports" SET "filters" = '{"properties": []}'::jsonb || "filters";
