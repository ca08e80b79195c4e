import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { resumeExport } from "@/lib/services/exports";

export const POST = route(operations.resumeExport, (actor, { params }) => resumeExport(actor, params));
