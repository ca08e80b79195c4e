import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { lookUpInvitation } from "@/lib/services/invitations";

export const POST = publicRoute(operations.lookUpInvitation, async ({ body }) => ({
  answer: await lookUpInvitation(body),
}));
