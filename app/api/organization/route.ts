import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { getOrganization, patchOrganization } from "@/lib/services/organizations";

export const GET = route(operations.getOrganization, (actor) => getOrganization(actor));

export const PATCH = route(operations.patchOrganization, (actor, { body }) => patchOrganization(actor, body));
