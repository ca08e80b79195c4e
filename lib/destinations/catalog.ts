/** Every kind of destination with the Temporal workflow that exports to it. Safe for the browser and for workflows. */
export const WORKFLOW_TYPES = { s3: "s3-export" } as const;

export type DestinationType = keyof typeof WORKFLOW_TYPES;
