import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/checks";
import { listChecks, startChecks } from "@/lib/services/checks";

export const GET = route(operations.listChecks, (actor, { params, query }) =>
  listChecks(actor, { ...query, exportId: params.id }),
);

export const POST = route(operations.startChecks, (actor, { params, body }) =>
  startChecks(actor, { ...body, exportId: params.id }),
);
