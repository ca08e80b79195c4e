import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { signUp } from "@/lib/services/account/sign-up";
import { originOf } from "@/lib/services/auth/origin";

export const POST = publicRoute(operations.signUp, async ({ body }, headers) => ({
  answer: await signUp(body, originOf(headers)),
}));
