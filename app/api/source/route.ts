import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/source";
import { getSource } from "@/lib/services/source/get";
import { patchSource } from "@/lib/services/source/patch";

export const GET = route(operations.getSource, (actor) => getSource(actor));

export const PATCH = route(operations.patchSource, (actor, { body }) => patchSource(actor, body));
