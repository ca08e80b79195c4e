import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/receipts";
import { getCertificate } from "@/lib/services/receipts";

export const GET = route(operations.getCertificate, (actor, { params, query }) =>
  getCertificate(actor, { ...query, exportId: params.id }),
);
