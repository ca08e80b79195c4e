import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/projects";
import { replaceSalt } from "@/lib/services/projects";

export const POST = route(operations.replaceSalt, (actor, { params }) => replaceSalt(actor, params));
