import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { listEventNames } from "@/lib/services/projects";

export const GET = route(operations.listEventNames, (actor, { params }) => listEventNames(actor, params));
