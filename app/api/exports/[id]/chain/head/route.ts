import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/receipts";
import { getChainHead } from "@/lib/services/receipts";

export const GET = route(operations.getChainHead, (actor, { params }) => getChainHead(actor, { exportId: params.id }));
