import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/runs";
import { getRun } from "@/lib/services/runs";

export const GET = route(operations.getRun, (actor, { params }) => getRun(actor, params));
