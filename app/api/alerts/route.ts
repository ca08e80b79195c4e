import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { listAlerts } from "@/lib/services/alerts";

export const GET = route(operations.listAlerts, (actor, { query }) => listAlerts(actor, query));
