import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/service";
import { getMetrics } from "@/lib/services/metrics";

export const GET = publicRoute(operations.getMetrics, async ({ headers }) => ({ answer: await getMetrics(headers) }));
