import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { getReceipt } from "@/lib/services/runs";

export const GET = route(operations.getReceipt, (actor, { params }) => getReceipt(actor, params));
