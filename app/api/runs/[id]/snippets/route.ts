import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/snippets";
import { getRunSnippets } from "@/lib/services/snippets";

export const GET = route(operations.getRunSnippets, (actor, { params }) => getRunSnippets(actor, params));
