import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/account";
import { originOf } from "@/lib/services/access";
import { signUp } from "@/lib/services/account";

export const POST = publicRoute(operations.signUp, async ({ body, headers }) => ({
  answer: await signUp(body, originOf(headers)),
}));
