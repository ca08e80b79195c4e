-- The audit log never holds a sealed secret: it says that one changed, with nulls for values.
UPDATE "audit_log" SET "changes" = (
	SELECT jsonb_agg(
		CASE WHEN "c"->>'before' ~ '^v[0-9]+\.[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9+/]+=*$' OR "c"->>'after' ~ '^v[0-9]+\.[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9+/]+=*$'
			THEN "c" || '{"before": null, "after": null}'::jsonb ELSE "c" END
		ORDER BY "n")
	FROM jsonb_array_elements("changes") WITH ORDINALITY AS "each"("c", "n")
) WHERE "changes"::text ~ '"v[0-9]+\.[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9+/]+=*"';
--> statement-breakpoint
-- The loopback has one spelling, so that nobody claims a bucket by another.
UPDATE "buckets" b SET "endpoint" = regexp_replace(b."endpoint", '://(localhost|\[::1\])', '://127.0.0.1')
	WHERE b."endpoint" ~ '://(localhost|\[::1\])(:|$)' AND NOT EXISTS (
		SELECT 1 FROM "buckets" o WHERE o."bucket" = b."bucket" AND o."id" <> b."id"
			AND regexp_replace(o."endpoint", '://(localhost|\[::1\])', '://127.0.0.1') = regexp_replace(b."endpoint", '://(localhost|\[::1\])', '://127.0.0.1'));
--> statement-breakpoint
UPDATE "object_keys" k SET "address" = regexp_replace(k."address", '://(localhost|\[::1\])', '://127.0.0.1')
	WHERE k."address" ~ '://(localhost|\[::1\])[:/]' AND NOT EXISTS (
		SELECT 1 FROM "object_keys" o WHERE o."key" = k."key" AND o."address" <> k."address"
			AND regexp_replace(o."address", '://(localhost|\[::1\])', '://127.0.0.1') = regexp_replace(k."address", '://(localhost|\[::1\])', '://127.0.0.1'));
--> statement-breakpoint
UPDATE "runs" SET "address" = regexp_replace("address", '://(localhost|\[::1\])', '://127.0.0.1')
	WHERE "address" ~ '://(localhost|\[::1\])[:/]';
