import { z } from "zod";
import { certificates, clientCertificate, flag, privateKey, required } from "./values";

// The variables of the services that Penstock works with.

export const postgres = {
  DATABASE_URL: required("the metadata database, like postgres://user:password@host:5432/penstock").describe(
    "The PostgreSQL database for metadata, like postgres://user:password@host:5432/penstock. The web app runs migrations when it starts.",
  ),
  DATABASE_MIGRATION_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: "Must be a URL like postgres://user:password@host:5432/penstock." })
    .optional()
    .describe("The address of the same database for migrations, if DATABASE_URL uses a pooler like PgBouncer."),
  DATABASE_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(5)
    .max(3600)
    .optional()
    .describe("Seconds that a statement on that database can take. By default 30 in the web app and 120 in a worker."),
};

export const clickhouse = {
  CLICKHOUSE_URL: required("the source's HTTP address, like https://host:8443").describe(
    "The HTTP or HTTPS address of the source, like https://host:8443. ClickHouse 25.3 or newer.",
  ),
  CLICKHOUSE_CA_CERT: certificates
    .optional()
    .describe("The path of a PEM file with the CA certificate, if ClickHouse's certificate isn't from a public CA."),
  CLICKHOUSE_USERNAME: z.string().default("default").describe("The user that Penstock reads the source as."),
  CLICKHOUSE_PASSWORD: z.string().default("").describe("The password of that user."),
  CLICKHOUSE_DATABASE: z.string().default("default").describe("The database that holds the source tables."),
};

export const temporal = {
  TEMPORAL_ADDRESS: required("Temporal's frontend, like host:7233").describe(
    "Temporal's frontend, a cluster or Temporal Cloud, like host:7233.",
  ),
  TEMPORAL_NAMESPACE: z.string().default("default").describe("The Temporal namespace."),
  TEMPORAL_API_KEY: z.string().optional().describe("An API key for Temporal, as Temporal Cloud uses it."),
  TEMPORAL_TLS: flag.describe("true connects to Temporal over TLS, as each of the following four variables does."),
  TEMPORAL_TLS_CA: certificates
    .optional()
    .describe("The path of a PEM file with the CA certificate, if Temporal's certificate isn't from a public CA."),
  TEMPORAL_TLS_CERT: clientCertificate
    .optional()
    .describe("The path of a PEM file with the client certificate, if Temporal requires one (mTLS)."),
  TEMPORAL_TLS_KEY: privateKey
    .optional()
    .describe("The path of a PEM file with the private key of that certificate, without a passphrase."),
  TEMPORAL_TLS_SERVER_NAME: z
    .string()
    .min(1, "Must not be empty.")
    .optional()
    .describe("The name in Temporal's certificate, if it isn't the host in TEMPORAL_ADDRESS."),
  TEMPORAL_TASK_QUEUE: z
    .string()
    .default("penstock")
    .describe("The task queue of the workers. The queue for files has the same name with the suffix -files."),
};
