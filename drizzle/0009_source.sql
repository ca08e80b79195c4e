CREATE TABLE "source" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"settle_seconds" integer,
	"one_row_per_id" boolean DEFAULT false NOT NULL,
	"sequential_consistency" boolean DEFAULT false NOT NULL,
	"last_verified_at" timestamp with time zone,
	"last_verification" jsonb,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "settle_seconds" integer;