import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { deleteExport, getExport, patchExport } from "@/lib/services/exports";

export const GET = route(operations.getExport, (actor, { params }) => getExport(actor, params));

export const PATCH = route(operations.patchExport, (actor, { params, body }) =>
  patchExport(actor, { ...body, ...params }),
);

export const DELETE = route(operations.deleteExport, (actor, { params }) => deleteExport(actor, params));
