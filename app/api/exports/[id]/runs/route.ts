import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { listRuns } from "@/lib/services/runs";

export const GET = route(operations.listRuns, (actor, { params, query }) =>
  listRuns(actor, { ...query, exportId: params.id }),
);
