import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/progress";
import { getTimeline } from "@/lib/services/runs";

export const GET = route(operations.getTimeline, (actor, { params }) => getTimeline(actor, params));
