import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { revokeInvitation } from "@/lib/services/invitations";

export const DELETE = route(operations.revokeInvitation, (actor, { params }) => revokeInvitation(actor, params));
