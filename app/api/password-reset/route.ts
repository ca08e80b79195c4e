import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { resetPassword } from "@/lib/services/password-reset";

export const POST = publicRoute(operations.resetPassword, async ({ body, headers }) => ({
  answer: await resetPassword(body, headers),
}));
