import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { deleteConnection, getConnection, patchConnection } from "@/lib/services/connections";

export const GET = route(operations.getConnection, (actor, { params }) => getConnection(actor, params));

export const PATCH = route(operations.patchConnection, (actor, { params, body }) =>
  patchConnection(actor, { ...body, ...params }),
);

export const DELETE = route(operations.deleteConnection, (actor, { params }) => deleteConnection(actor, params));
