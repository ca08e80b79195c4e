import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { releaseBucket } from "@/lib/services/buckets";

export const DELETE = route(operations.releaseBucket, (actor, { params }) => releaseBucket(actor, params));
