import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { getMail } from "@/lib/services/mails";

export const GET = route(operations.getMail, (actor, { params }) => getMail(actor, params));
