ALTER TABLE "run_files" ADD COLUMN "tries" jsonb;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "passed_rows" bigint;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "passed_bytes" bigint;--> statement-breakpoint
ALTER TABLE "run_files" ADD COLUMN "passed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "planned_at" timestamp with time zone;