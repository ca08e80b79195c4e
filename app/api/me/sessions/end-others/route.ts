import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { endOtherSessions } from "@/lib/services/account";

export const POST = route(operations.endOtherSessions, (actor) => endOtherSessions(actor));
