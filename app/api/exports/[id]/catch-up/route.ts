import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { catchUp, getCatchUp } from "@/lib/services/historic-exports";

export const GET = route(operations.getCatchUp, (actor, { params }) => getCatchUp(actor, params));

export const POST = route(operations.catchUp, (actor, { params }) => catchUp(actor, params));
