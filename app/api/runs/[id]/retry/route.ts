import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { retryRun } from "@/lib/services/runs";

export const POST = route(operations.retryRun, (actor, { params, body }) => retryRun(actor, { ...params, ...body }));
