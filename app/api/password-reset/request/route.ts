import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { originOf } from "@/lib/services/access";
import { requestPasswordReset } from "@/lib/services/password-reset";

export const POST = publicRoute(operations.requestPasswordReset, async ({ body, headers }) => ({
  answer: await requestPasswordReset(body, originOf(headers)),
}));
