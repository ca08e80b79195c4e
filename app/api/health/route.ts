import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/service";
import { checkHealth } from "@/lib/services/health";

// Only without its database can the app do nothing at all; a missing worker must not take the screens away.
export const GET = publicRoute(operations.getHealth, async () => {
  const answer = await checkHealth();
  return { status: answer.checks.postgres.ok ? 200 : 503, answer };
});
