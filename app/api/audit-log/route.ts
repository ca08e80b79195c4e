import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/logs";
import { listAudit } from "@/lib/services/audit";

export const GET = route(operations.listAudit, (actor, { query }) => listAudit(actor, query));
