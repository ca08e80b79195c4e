import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/historic-exports";
import { getHistoricExport } from "@/lib/services/historic-exports";

export const GET = route(operations.getHistoricExport, (actor, { params }) => getHistoricExport(actor, params));
