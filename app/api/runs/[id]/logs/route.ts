import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { listRunLogs } from "@/lib/services/runs";

export const GET = route(operations.listRunLogs, (actor, { params, query }) =>
  listRunLogs(actor, { ...query, ...params }),
);
