import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { verifyConnection } from "@/lib/services/connections";

export const POST = route(operations.verifyConnection, (actor, { params }) => verifyConnection(actor, params));
