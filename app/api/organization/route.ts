import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { getOrganization } from "@/lib/services/organizations/get";
import { patchOrganization } from "@/lib/services/organizations/patch";

export const GET = route(operations.getOrganization, (actor) => getOrganization(actor));

export const PATCH = route(operations.patchOrganization, (actor, { body }) => patchOrganization(actor, body));
