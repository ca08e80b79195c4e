import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/snippets";
import { getExportSnippets } from "@/lib/services/snippets";

export const GET = route(operations.getExportSnippets, (actor, { params }) => getExportSnippets(actor, params));
