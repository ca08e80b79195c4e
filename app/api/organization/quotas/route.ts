import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { getQuotas } from "@/lib/services/quotas";

export const GET = route(operations.getQuotas, (actor) => getQuotas(actor));
