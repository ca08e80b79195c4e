import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/service";
import { checkHealth } from "@/lib/services/health";

// Only without its database is the app useless; a missing worker must not take down the screens.
export const GET = publicRoute(operations.getHealth, async () => {
  const answer = await checkHealth();
  return { status: answer.checks.postgres.ok ? 200 : 503, answer };
});
