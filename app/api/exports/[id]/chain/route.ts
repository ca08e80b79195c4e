import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/receipts";
import { listChain } from "@/lib/services/receipts";

export const GET = route(operations.listChain, (actor, { params, query }) =>
  listChain(actor, { ...query, exportId: params.id }),
);
