-- Connections and exports that earlier versions stored: objects are the bucket owner's as before, nobody else is
-- expected, and Snowflake's names are in upper case.
UPDATE connections
SET config = '{"acl": null, "expectedBucketOwner": null, "requesterPays": false}'::jsonb || config
WHERE type = 's3';
--> statement-breakpoint
UPDATE exports
SET destination = '{"names": "upper"}'::jsonb || destination
WHERE destination ->> 'type' = 'snowflake';
