import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { listRunFiles } from "@/lib/services/runs";

export const GET = route(operations.listRunFiles, (actor, { params, query }) =>
  listRunFiles(actor, { ...query, ...params }),
);
