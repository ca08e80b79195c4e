CREATE TABLE "installation" (
	"one" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"stamp" uuid DEFAULT gen_random_uuid() NOT NULL,
	"raised_at" timestamp with time zone,
	"temporal" text,
	"app_url" text,
	"hold" jsonb,
	"decided" jsonb,
	"recovery" jsonb,
	"recovered_at" timestamp with time zone,
	"keys_lost_with" text
);
--> statement-breakpoint
INSERT INTO "installation" DEFAULT VALUES;
