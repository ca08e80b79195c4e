CREATE TABLE "export_counts" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"used" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_leads" (
	"export_id" uuid NOT NULL,
	"address" text NOT NULL,
	"lead" text NOT NULL,
	CONSTRAINT "export_leads_export_id_lead_pk" PRIMARY KEY("export_id","lead")
);
--> statement-breakpoint
ALTER TABLE "exports" ADD COLUMN "leads_noted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "export_counts" ADD CONSTRAINT "export_counts_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_leads" ADD CONSTRAINT "export_leads_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_leads_place" ON "export_leads" USING btree ("address","lead" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "connections_organization" ON "connections" USING btree ("organization_id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "exports_without_leads" ON "exports" USING btree ("connection_id") WHERE not leads_noted and deleted_at is null;--> statement-breakpoint
CREATE INDEX "exports_recurring_profiles" ON "exports" USING btree ("project_id") WHERE model = 'persons' and not paused and deleted_at is null;--> statement-breakpoint
CREATE INDEX "historic_exports_organization" ON "historic_exports" USING btree ("organization_id","state");--> statement-breakpoint
CREATE INDEX "api_keys_organization" ON "api_keys" USING btree ("organization_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE FUNCTION "count_made_exports"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO "export_counts" AS c ("organization_id", "used")
    SELECT "organization_id", count(*) FROM made WHERE "deleted_at" IS NULL GROUP BY 1
    ON CONFLICT ("organization_id") DO UPDATE SET "used" = c."used" + excluded."used";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "count_gone_exports"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE "export_counts" c SET "used" = c."used" - g."number"
    FROM (SELECT "organization_id", count(*) AS "number" FROM gone WHERE "deleted_at" IS NULL GROUP BY 1) g
    WHERE c."organization_id" = g."organization_id";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "count_deleted_export"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE "export_counts" SET "used" = "used" + CASE WHEN NEW."deleted_at" IS NULL THEN 1 ELSE -1 END
    WHERE "organization_id" = NEW."organization_id";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "exports_made" AFTER INSERT ON "exports" REFERENCING NEW TABLE AS made
  FOR EACH STATEMENT EXECUTE FUNCTION "count_made_exports"();--> statement-breakpoint
CREATE TRIGGER "exports_gone" AFTER DELETE ON "exports" REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION "count_gone_exports"();--> statement-breakpoint
CREATE TRIGGER "exports_deleted" AFTER UPDATE OF "deleted_at" ON "exports" FOR EACH ROW
  WHEN ((OLD."deleted_at" IS NULL) <> (NEW."deleted_at" IS NULL)) EXECUTE FUNCTION "count_deleted_export"();--> statement-breakpoint
INSERT INTO "export_counts" ("organization_id", "used")
  SELECT "organization_id", count(*) FROM "exports" WHERE "deleted_at" IS NULL GROUP BY 1;
