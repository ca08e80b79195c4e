import { probeRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/service";
import { checkReady } from "@/lib/services/health";

export const GET = probeRoute(operations.getReady, async () => {
  const answer = await checkReady();
  return { status: answer.status === "ok" ? 200 : 503, answer };
});
