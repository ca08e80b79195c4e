import type { ListedRun } from "./to-run";

/** A run's identity in the audit log: its name is the request id, as shown to users. */
export const runObject = ({ id, requestId, projectId }: ListedRun) => ({ object: { id, name: requestId }, projectId });
