import type { ListedRun } from "./to-run";

/** How the audit log calls a run: by the request id, which is also what its people know it by. */
export const runObject = ({ id, requestId, projectId }: ListedRun) => ({ object: { id, name: requestId }, projectId });
