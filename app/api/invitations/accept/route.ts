import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/people";
import { acceptInvitation } from "@/lib/services/invitations";

export const POST = publicRoute(operations.acceptInvitation, async ({ body, headers }) => ({
  answer: await acceptInvitation(body, headers),
}));
