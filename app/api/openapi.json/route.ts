import { publicRoute } from "@/app/api/_lib/route";
import { openApiDocument } from "@/lib/openapi/document";
import * as operations from "@/lib/openapi/operations/service";

export const GET = publicRoute(operations.getOpenApi, async () => ({ answer: openApiDocument() }));
