import { route } from "@/app/api/_lib/route";
import * as operations from "@/lib/openapi/operations/reserved-keys";
import { listReservedKeys } from "@/lib/services/reserved-keys";

export const GET = route(operations.listReservedKeys, (actor, { params }) => listReservedKeys(actor, params));
