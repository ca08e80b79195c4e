import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { patchMe } from "@/lib/services/account";
import { getMe } from "@/lib/services/auth";

export const GET = route(operations.getMe, (actor) => getMe(actor));

export const PATCH = route(operations.patchMe, (actor, { body }) => patchMe(actor, body));
