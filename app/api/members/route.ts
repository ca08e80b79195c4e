import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { listMembers } from "@/lib/services/members";

export const GET = route(operations.listMembers, (actor, { query }) => listMembers(actor, query));
