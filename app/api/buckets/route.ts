import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/connections";
import { listBuckets } from "@/lib/services/buckets";

export const GET = route(operations.listBuckets, (actor) => listBuckets(actor));
