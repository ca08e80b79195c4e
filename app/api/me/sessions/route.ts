import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { listSessions } from "@/lib/services/account";

export const GET = route(operations.listSessions, (actor) => listSessions(actor));
