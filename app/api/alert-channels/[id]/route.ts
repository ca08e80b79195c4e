import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { deleteAlertChannel } from "@/lib/services/alert-channels/delete";
import { patchAlertChannel } from "@/lib/services/alert-channels/patch";

export const PATCH = route(operations.patchAlertChannel, (actor, { params, body }) =>
  patchAlertChannel(actor, { ...body, ...params }),
);

export const DELETE = route(operations.deleteAlertChannel, (actor, { params }) => deleteAlertChannel(actor, params));
