import { publicRoute } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/receipts";
import { getPublicKeys } from "@/lib/services/receipts";

export const GET = publicRoute(operations.getPublicKeys, async () => ({ answer: await getPublicKeys() }));
