import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { invite, listInvitations } from "@/lib/services/invitations";

export const GET = route(operations.listInvitations, (actor, { query }) => listInvitations(actor, query));

export const POST = route(operations.invite, (actor, { body }) => invite(actor, body));
