import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { createConnection } from "@/lib/services/connections/create";
import { listConnections } from "@/lib/services/connections/list";

export const GET = route(operations.listConnections, (actor, { params, query }) =>
  listConnections(actor, { ...query, ...params }),
);

export const POST = route(operations.createConnection, (actor, { params, body }) =>
  createConnection(actor, { ...body, ...params }),
);
