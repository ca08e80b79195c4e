import { z } from "zod";
import { serviceUrlSchema } from "@/lib/fields/common";
import { warehouseSettings } from "../warehouse/settings";
import { readKeyFile } from "./key-file";

const text = (max: number) => z.string().trim().min(1, "This field is required.").max(max);

/** A project and dataset of BigQuery, with its location. */
export const bigqueryConfigSchema = z.object({
  /** Perhaps with a domain, as projects of old organizations have: example.com:my-project. */
  projectId: text(100).regex(
    /^([a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)*:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "Must be a Google Cloud project ID like my-project-123.",
  ),
  dataset: text(1024).regex(/^[A-Za-z0-9_]+$/, "Must be a dataset ID: letters, digits, and underscores."),
  location: text(40)
    .regex(/^[A-Za-z0-9-]+$/, "Must be a location like EU or europe-west3.")
    .default("EU"),
  /** Replaces https://bigquery.googleapis.com, for Private Service Connect and stand-ins. */
  apiEndpoint: serviceUrlSchema.nullable().default(null),
});

/** A service account's key file: the JSON from Google. */
export const bigquerySecretSchema = z.object({
  serviceAccountKey: z
    .string()
    .trim()
    .min(1, "Enter the service account key.")
    .max(20_000)
    .superRefine((text, context) => {
      const read = readKeyFile(text);
      if ("problem" in read) context.addIssue({ code: "custom", message: read.problem });
    }),
});

const JSON_TYPES = ["JSON", "STRING"] as const;

export const bigquerySettingsSchema = z.object({
  type: z.literal("bigquery"),
  ...warehouseSettings,
  /** The type of JSON columns in tables that Penstock creates. */
  jsonType: z.enum(JSON_TYPES, { error: `Must be one of: ${JSON_TYPES.join(", ")}.` }).default("JSON"),
});

export type BigqueryConfig = z.infer<typeof bigqueryConfigSchema>;
export type BigquerySecret = z.infer<typeof bigquerySecretSchema>;
export type BigquerySettings = z.infer<typeof bigquerySettingsSchema>;
