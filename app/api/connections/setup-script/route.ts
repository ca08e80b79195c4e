import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { makeSetupScript } from "@/lib/services/connections";

export const POST = route(operations.setupScript, (actor, { body }) => makeSetupScript(actor, body));
