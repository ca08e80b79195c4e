import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { generatePolicy } from "@/lib/services/connections";

export const POST = route(operations.generatePolicy, (actor, { body }) => generatePolicy(actor, body));
