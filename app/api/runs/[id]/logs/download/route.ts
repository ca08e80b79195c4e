import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { downloadRunLogs } from "@/lib/services/runs";

export const GET = route(operations.downloadRunLogs, (actor, { params, query }) =>
  downloadRunLogs(actor, { ...query, ...params }),
);
