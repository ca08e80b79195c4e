import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { resendInvitation } from "@/lib/services/invitations";

export const POST = route(operations.resendInvitation, (actor, { params }) => resendInvitation(actor, params));
