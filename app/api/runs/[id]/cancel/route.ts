import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { cancelRun } from "@/lib/services/runs";

export const POST = route(operations.cancelRun, (actor, { params }) => cancelRun(actor, params));
