import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/installation";
import { decideInstallation } from "@/lib/services/installation";

export const POST = route(operations.decideInstallation, (actor, { body }) => decideInstallation(actor, body));
