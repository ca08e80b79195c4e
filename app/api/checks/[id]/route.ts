import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/checks";
import { getChecks } from "@/lib/services/checks";

export const GET = route(operations.getChecks, (actor, { params }) => getChecks(actor, params));
