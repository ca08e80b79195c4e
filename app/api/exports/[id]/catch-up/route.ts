import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/exports";
import { catchUp } from "@/lib/services/exports/catch-up";
import { getCatchUp } from "@/lib/services/exports/get-catch-up";

export const GET = route(operations.getCatchUp, (actor, { params }) => getCatchUp(actor, params));

export const POST = route(operations.catchUp, (actor, { params }) => catchUp(actor, params));
