import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { changePassword } from "@/lib/services/account";

export const POST = route(operations.changePassword, (actor, { body }) => changePassword(actor, body));
