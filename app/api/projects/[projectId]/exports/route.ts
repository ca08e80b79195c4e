import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { createExport, listExports } from "@/lib/services/exports";

export const GET = route(operations.listExports, (actor, { params, query }) =>
  listExports(actor, { ...query, ...params }),
);

export const POST = route(operations.createExport, (actor, { params, body }) =>
  createExport(actor, { ...body, ...params }),
);
