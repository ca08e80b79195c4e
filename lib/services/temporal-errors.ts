import { WorkflowNotFoundError } from "@temporalio/client";

/** Whether Temporal knows no open workflow of that id (any more). */
export const isMissingWorkflow = (error: unknown): boolean => error instanceof WorkflowNotFoundError;
