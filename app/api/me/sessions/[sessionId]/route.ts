import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { endSession } from "@/lib/services/account";

export const DELETE = route(operations.endSession, (actor, { params }) => endSession(actor, params));
