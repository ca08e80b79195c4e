import { publicRoute } from "@/app/api/_lib/route";
import { getDb } from "@/lib/db/client";
import * as operations from "@/lib/openapi/operations/receipts";
import { publicKeys } from "@/lib/services/signing";

export const GET = publicRoute(operations.getPublicKeys, async () => ({ answer: await publicKeys(getDb()) }));
