import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { deleteAlertChannel, patchAlertChannel } from "@/lib/services/alert-channels";

export const PATCH = route(operations.patchAlertChannel, (actor, { params, body }) =>
  patchAlertChannel(actor, { ...body, ...params }),
);

export const DELETE = route(operations.deleteAlertChannel, (actor, { params }) => deleteAlertChannel(actor, params));
