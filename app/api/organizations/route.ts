import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { createOrganization } from "@/lib/services/organizations";

export const POST = route(operations.createOrganization, (actor, { body }) => createOrganization(actor, body));
