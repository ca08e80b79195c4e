import { eventRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/progress";
import { streamProgress } from "@/lib/services/progress";

export const GET = eventRoute(operations.streamProgress, (actor, { params, signal }, askAgain) =>
  streamProgress(actor, params, { signal, askAgain }),
);
