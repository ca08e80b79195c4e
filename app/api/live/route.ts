import { probeRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/service";

export const GET = probeRoute(operations.getLive, async () => ({ answer: { status: "ok" as const } }));
