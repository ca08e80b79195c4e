import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { createConnection, listConnections } from "@/lib/services/connections";

export const GET = route(operations.listConnections, (actor, { params, query }) =>
  listConnections(actor, { ...query, ...params }),
);

export const POST = route(operations.createConnection, (actor, { params, body }) =>
  createConnection(actor, { ...body, ...params }),
);
