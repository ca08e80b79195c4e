import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/historic-exports";
import { createHistoricExport, listHistoricExports } from "@/lib/services/historic-exports";

export const GET = route(operations.listHistoricExports, (actor, { params, query }) =>
  listHistoricExports(actor, { ...query, exportId: params.id }),
);

export const POST = route(operations.createHistoricExport, (actor, { params, body, signal }) =>
  createHistoricExport(actor, { ...body, exportId: params.id }, signal),
);
