CREATE TABLE "receipt_links" (
	"export_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"run_id" uuid NOT NULL,
	"type" text NOT NULL,
	"sha256" text NOT NULL,
	"previous" text,
	"kid" text NOT NULL,
	"interval_start" timestamp with time zone NOT NULL,
	"interval_end" timestamp with time zone NOT NULL,
	"rows" bigint NOT NULL,
	"supersedes" jsonb,
	"voids" integer,
	"voided_by" integer,
	"asked_at" timestamp with time zone,
	"compared" text,
	"is_abandoned" boolean DEFAULT false NOT NULL,
	"signed_at" timestamp with time zone NOT NULL,
	"document" jsonb,
	"has_object" boolean NOT NULL,
	"stored_at" timestamp with time zone,
	"next_try_at" timestamp with time zone DEFAULT now() + interval '1 minute' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "receipt_links_export_id_sequence_pk" PRIMARY KEY("export_id","sequence")
);
--> statement-breakpoint
CREATE TABLE "signing_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kid" text NOT NULL,
	"x" text NOT NULL,
	"secret" text NOT NULL,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"not_after" timestamp with time zone,
	CONSTRAINT "signing_keys_kid_unique" UNIQUE("kid")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "alert_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "alert_channels" ADD COLUMN "receipts" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "run_id" uuid;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "chain_sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "chain_head" text;--> statement-breakpoint
ALTER TABLE "receipt_links" ADD CONSTRAINT "receipt_links_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_links" ADD CONSTRAINT "receipt_links_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "receipt_links_run" ON "receipt_links" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipt_links_one_per_run" ON "receipt_links" USING btree ("run_id") WHERE type = 'receipt' and voided_by is null;--> statement-breakpoint
CREATE INDEX "receipt_links_abandoned" ON "receipt_links" USING btree ("run_id") WHERE is_abandoned;--> statement-breakpoint
CREATE INDEX "receipt_links_window" ON "receipt_links" USING btree ("export_id","interval_start");--> statement-breakpoint
CREATE INDEX "receipt_links_unstored" ON "receipt_links" USING btree ("next_try_at") WHERE has_object and stored_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "signing_keys_one_current" ON "signing_keys" USING btree ((true)) WHERE "signing_keys"."not_after" is null;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_run" ON "deliveries" USING btree ("run_id") WHERE run_id is not null;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_one_subject" CHECK (num_nonnulls(alert_id, run_id) = 1);