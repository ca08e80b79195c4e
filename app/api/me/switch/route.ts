import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { switchPlace } from "@/lib/services/account";

export const POST = route(operations.switchPlace, (actor, { body }) => switchPlace(actor, body));
