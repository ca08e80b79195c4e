import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/historic-exports";
import { cancelHistoricExport } from "@/lib/services/historic-exports";

export const POST = route(operations.cancelHistoricExport, (actor, { params }) => cancelHistoricExport(actor, params));
