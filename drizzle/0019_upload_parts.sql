CREATE TABLE "upload_parts" (
	"upload" uuid NOT NULL,
	"number" integer NOT NULL,
	"etag" text NOT NULL,
	"crc32" text,
	"sha256" text NOT NULL,
	CONSTRAINT "upload_parts_upload_number_pk" PRIMARY KEY("upload","number")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"plan_version" integer NOT NULL,
	"index" integer NOT NULL,
	"key" text NOT NULL,
	"upload_id" text NOT NULL,
	"mark" text NOT NULL,
	"encryption" jsonb,
	"part_bytes" integer NOT NULL,
	"checksums" boolean NOT NULL,
	"attempt" integer NOT NULL,
	"given_up_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "upload_parts" ADD CONSTRAINT "upload_parts_upload_uploads_id_fk" FOREIGN KEY ("upload") REFERENCES "public"."uploads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "uploads" ADD CONSTRAINT "uploads_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "uploads_run" ON "uploads" USING btree ("run_id");