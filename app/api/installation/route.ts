import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/installation";
import { getInstallation } from "@/lib/services/installation";

export const GET = route(operations.getInstallation, (actor) => getInstallation(actor));
