import { AsyncLocalStorage } from "node:async_hooks";

/** What each line logged during a request or a step carries, as far as it is known. */
export interface LogFields {
  /** A request to the web app. */
  requestId?: string;
  /** The caller's trace: the id in the request's `traceparent`. */
  traceId?: string;
  organizationId?: string;
  exportId?: string;
  runId?: string;
  /** A request for checks. */
  checkId?: string;
  workflowId?: string;
  /** The step, by its name in Temporal. */
  activity?: string;
  attempt?: number;
}

// On the global object: web server and routes are bundled apart, each with its own copy of this module.
const holder = globalThis as typeof globalThis & { penstockLogFields?: AsyncLocalStorage<LogFields> };

function store(): AsyncLocalStorage<LogFields> {
  holder.penstockLogFields ??= new AsyncLocalStorage();
  return holder.penstockLogFields;
}

/** The fields of the current request or step; none outside of both. */
export const logFields = (): LogFields => store().getStore() ?? {};

/** Does `work` with these fields on each line that it logs. */
export const withLogFields = <T>(fields: LogFields, work: () => T): T => store().run({ ...fields }, work);

interface Run {
  id: string;
  exportId: string;
  organizationId: string;
}

/** The fields of a run. */
export const idsOf = ({ id, exportId, organizationId }: Run) => ({ organizationId, exportId, runId: id });

/** Adds to the step's fields what its run's row says. A step over several runs keeps its own fields. */
export function noteRun(run: Run): void {
  const fields = store().getStore();
  if (!fields || (fields.runId ? fields.runId !== run.id : fields.exportId !== run.exportId)) return;
  Object.assign(fields, idsOf(run));
}
