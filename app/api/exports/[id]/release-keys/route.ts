import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/reserved-keys";
import { releaseKeys } from "@/lib/services/reserved-keys";

export const POST = route(operations.releaseKeys, (actor, { params }) => releaseKeys(actor, params));
