import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { deleteExport } from "@/lib/services/exports/delete";
import { getExport } from "@/lib/services/exports/get";
import { patchExport } from "@/lib/services/exports/patch";

export const GET = route(operations.getExport, (actor, { params }) => getExport(actor, params));

export const PATCH = route(operations.patchExport, (actor, { params, body }) =>
  patchExport(actor, { ...body, ...params }),
);

export const DELETE = route(operations.deleteExport, (actor, { params }) => deleteExport(actor, params));
