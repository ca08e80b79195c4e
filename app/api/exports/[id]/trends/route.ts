import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/progress";
import { getTrends } from "@/lib/services/trends";

export const GET = route(operations.getTrends, (actor, { params, query }) => getTrends(actor, { ...query, ...params }));
