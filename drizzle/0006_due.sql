CREATE TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"clock_difference_ms" integer NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- What rests with its connection rests by itself from now on: an export that moves to another connection keeps its own past.
INSERT INTO "rests" ("export_id", "started_at") SELECT e."id", r."started_at" FROM "rests" r
  JOIN "exports" e ON e."connection_id" = r."connection_id" AND e."deleted_at" IS NULL
  WHERE r."ended_at" IS NULL ON CONFLICT ("export_id") WHERE "ended_at" IS NULL DO NOTHING;--> statement-breakpoint
DELETE FROM "rests" WHERE "export_id" IS NULL;--> statement-breakpoint
ALTER TABLE "rests" DROP CONSTRAINT "rests_connection_id_connections_id_fk";
--> statement-breakpoint
DROP INDEX "rests_connection";--> statement-breakpoint
DROP INDEX "rests_open_connection";--> statement-breakpoint
ALTER TABLE "rests" ALTER COLUMN "export_id" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "processes_seen" ON "processes" USING btree ("seen_at");--> statement-breakpoint
ALTER TABLE "rests" DROP COLUMN "connection_id";