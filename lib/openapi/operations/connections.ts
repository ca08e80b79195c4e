import { policyRequestSchema, policySchema } from "@/lib/destinations/s3/policy-schema";
import { listOf, pageQuerySchema } from "@/lib/fields/common";
import { verifyResultSchema } from "@/lib/fields/verification";
import {
  connectionSchema,
  createConnectionSchema,
  patchConnectionSchema,
  testConnectionSchema,
} from "@/lib/schemas/connection";
import { claimedBucketSchema, setupScriptRequestSchema, setupScriptSchema } from "@/lib/schemas/policy";
import { operation } from "../operation";
import { byId, byProject } from "../params";

const inProject = { tag: "Connections", params: byProject } as const;
const one = { tag: "Connections", params: byId } as const;

export const listConnections = operation({
  ...inProject,
  id: "listConnections",
  permission: "view",
  summary: "List a project's connections, the newest first",
  query: pageQuerySchema,
  answer: listOf(connectionSchema),
});

export const createConnection = operation({
  ...inProject,
  id: "createConnection",
  permission: "connections.manage",
  summary: "Create a connection",
  description: "Secrets are encrypted and never returned.",
  body: createConnectionSchema,
  answer: connectionSchema,
  status: 201,
});

export const testConnection = operation({
  id: "testConnection",
  permission: "connections.manage",
  tag: "Connections",
  summary: "Test a connection without saving it",
  description: "Writes a probe object, reads it back, and deletes it. Each failed step includes its fix.",
  body: testConnectionSchema,
  answer: verifyResultSchema,
  errors: [404],
});

export const getConnection = operation({
  ...one,
  id: "getConnection",
  permission: "view",
  summary: "Get a connection",
  answer: connectionSchema,
});

export const patchConnection = operation({
  ...one,
  id: "patchConnection",
  permission: "connections.manage",
  summary: "Update a connection",
  description:
    "A secret that is left out keeps its value. With a new address or new credentials, the connection becomes unverified. With `ifUpdatedAt`, responds with 409 if the connection has changed since that version.",
  body: patchConnectionSchema,
  answer: connectionSchema,
  errors: [409],
});

export const deleteConnection = operation({
  ...one,
  id: "deleteConnection",
  permission: "connections.delete",
  summary: "Delete a connection that no export uses",
  answer: null,
  errors: [409],
});

export const verifyConnection = operation({
  id: "verifyConnection",
  permission: "connections.manage",
  tag: "Connections",
  summary: "Verify a saved connection",
  description: "If it succeeds, the organization owns the bucket, and exports that have never run start immediately.",
  params: byId,
  answer: verifyResultSchema,
  errors: [409],
});

export const generatePolicy = operation({
  id: "generatePolicy",
  permission: "view",
  tag: "Connections",
  summary: "Generate the policies for a bucket and a kind of authentication",
  body: policyRequestSchema,
  answer: policySchema,
});

export const setupScript = operation({
  id: "setupScript",
  permission: "view",
  tag: "Connections",
  summary: "Generate the setup script for a warehouse",
  body: setupScriptRequestSchema,
  answer: setupScriptSchema,
});

export const listBuckets = operation({
  id: "listBuckets",
  permission: "view",
  tag: "Connections",
  summary: "List the organization's buckets",
  answer: listOf(claimedBucketSchema),
});

export const releaseBucket = operation({
  id: "releaseBucket",
  permission: "buckets.release",
  tag: "Connections",
  summary: "Release a bucket for other organizations",
  description: "Responds with 409 and the code `bucket_in_use` while a connection of the organization uses the bucket.",
  params: byId,
  answer: null,
  errors: [409],
});
