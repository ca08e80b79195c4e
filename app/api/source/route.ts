import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/source";
import { getSource, patchSource } from "@/lib/services/source";

export const GET = route(operations.getSource, (actor) => getSource(actor));

export const PATCH = route(operations.patchSource, (actor, { body }) => patchSource(actor, body));
