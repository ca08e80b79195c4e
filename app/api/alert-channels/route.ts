import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { createAlertChannel } from "@/lib/services/alert-channels/create";
import { listAlertChannels } from "@/lib/services/alert-channels/list";

export const GET = route(operations.listAlertChannels, (actor) => listAlertChannels(actor));

export const POST = route(operations.createAlertChannel, (actor, { body }) => createAlertChannel(actor, body));
