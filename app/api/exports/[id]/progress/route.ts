import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/progress";
import { getProgress } from "@/lib/services/progress";

export const GET = route(operations.getProgress, (actor, { params }) => getProgress(actor, params));
