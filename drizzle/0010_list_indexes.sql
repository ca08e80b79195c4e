CREATE INDEX "mails_alert" ON "mails" USING btree ("alert_id");--> statement-breakpoint
CREATE INDEX "runs_project_state" ON "runs" USING btree ("project_id","state","created_at");--> statement-breakpoint
CREATE INDEX "runs_project_request" ON "runs" USING btree ("project_id","request_id" text_pattern_ops);