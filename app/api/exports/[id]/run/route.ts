import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { runNow } from "@/lib/services/runs";

export const POST = route(operations.runExport, (actor, { params }) => runNow(actor, params));
