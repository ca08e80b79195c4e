import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { testAlertChannel } from "@/lib/services/alerts";

export const POST = route(operations.testAlertChannel, (actor, { params }) => testAlertChannel(actor, params));
