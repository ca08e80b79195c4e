import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { patchMember, removeMember } from "@/lib/services/members";

export const PATCH = route(operations.patchMember, (actor, { params, body }) =>
  patchMember(actor, { ...body, ...params }),
);

export const DELETE = route(operations.removeMember, (actor, { params }) => removeMember(actor, params));
