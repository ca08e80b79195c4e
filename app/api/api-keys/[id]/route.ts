import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { revokeApiKey } from "@/lib/services/api-keys";

export const DELETE = route(operations.revokeApiKey, (actor, { params }) => revokeApiKey(actor, params));
