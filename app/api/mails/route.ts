import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/alerts";
import { listMails } from "@/lib/services/mails";

export const GET = route(operations.listMails, (actor, { query }) => listMails(actor, query));
