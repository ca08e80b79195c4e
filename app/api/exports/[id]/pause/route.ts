import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { pauseExport } from "@/lib/services/exports";

export const POST = route(operations.pauseExport, (actor, { params }) => pauseExport(actor, params));
