import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { getCoverage } from "@/lib/services/coverage";

export const GET = route(operations.getCoverage, (actor, { params, query }) =>
  getCoverage(actor, { ...query, exportId: params.id }),
);
