import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { testConnection } from "@/lib/services/connections";

export const POST = route(operations.testConnection, (actor, { body }) => testConnection(actor, body));
