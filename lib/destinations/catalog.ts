/** Every kind of destination with the Temporal workflow that exports to it. Safe for the browser and for workflows. */
export const WORKFLOW_TYPES = {
  s3: "s3-export",
  snowflake: "snowflake-export",
  bigquery: "bigquery-export",
  postgres: "postgres-export",
} as const;

export type DestinationType = keyof typeof WORKFLOW_TYPES;

export const DESTINATION_TYPES = Object.keys(WORKFLOW_TYPES) as [DestinationType, ...DestinationType[]];
