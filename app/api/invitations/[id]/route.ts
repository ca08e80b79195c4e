import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { revokeInvitation } from "@/lib/services/invitations/revoke";

export const DELETE = route(operations.revokeInvitation, (actor, { params }) => revokeInvitation(actor, params));
