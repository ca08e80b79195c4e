import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/historic-exports";
import { estimateHistoricExport } from "@/lib/services/historic-exports";

export const POST = route(operations.estimateHistoricExport, (actor, { params, body, signal }) =>
  estimateHistoricExport(actor, { ...body, exportId: params.id }, signal),
);
