import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { createApiKey, listApiKeys } from "@/lib/services/api-keys";

export const GET = route(operations.listApiKeys, (actor, { params, query }) =>
  listApiKeys(actor, { ...query, ...params }),
);

export const POST = route(operations.createApiKey, (actor, { params, body }) =>
  createApiKey(actor, { ...body, ...params }),
);
