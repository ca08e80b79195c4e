import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/logs";
import { listActivity } from "@/lib/services/activity";

export const GET = route(operations.listActivity, (actor, { params, query }) =>
  listActivity(actor, { ...query, ...params }),
);
