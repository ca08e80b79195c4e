-- Connections that earlier versions stored: objects are the bucket owner's as before, and nobody else is expected.
UPDATE connections
SET config = '{"acl": null, "expectedBucketOwner": null, "requesterPays": false}'::jsonb || config
WHERE type = 's3';
