import type { RunRow } from "./to-wire";

/** How the audit log calls a run: by the request id, which is also what its people know it by. */
export const runObject = ({ id, requestId, projectId }: RunRow) => ({ object: { id, name: requestId }, projectId });
