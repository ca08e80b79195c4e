import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { createAlertChannel, listAlertChannels } from "@/lib/services/alert-channels";

export const GET = route(operations.listAlertChannels, (actor) => listAlertChannels(actor));

export const POST = route(operations.createAlertChannel, (actor, { body }) => createAlertChannel(actor, body));
