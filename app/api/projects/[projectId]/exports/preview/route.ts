import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { previewExport } from "@/lib/services/previews";

export const POST = route(operations.previewExport, (actor, { params, body, signal }) =>
  previewExport(actor, { ...body, ...params }, signal),
);
