import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { getMe } from "@/lib/services/auth/me";

export const GET = route(operations.getMe, (actor) => getMe(actor));
