import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { lookUpPasswordReset } from "@/lib/services/password-reset";

export const POST = publicRoute(operations.lookUpPasswordReset, async ({ body }) => ({
  answer: await lookUpPasswordReset(body),
}));
