import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/source";
import { verifySource } from "@/lib/services/source";

export const POST = route(operations.verifySource, (actor, { signal }) => verifySource(actor, signal));
