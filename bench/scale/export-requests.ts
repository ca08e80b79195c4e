import type { Actor } from "@/lib/services/access/actor";
import { getCoverage } from "@/lib/services/coverage/get";
import { getExport } from "@/lib/services/exports/get";
import { listExports } from "@/lib/services/exports/list";
import { getHistoricExport } from "@/lib/services/historic-exports/get";
import { getCatchUp } from "@/lib/services/historic-exports/get-catch-up";
import { listHistoricExports } from "@/lib/services/historic-exports/list";
import { speedOf } from "@/lib/services/previews/speed";
import { HOUR } from "@/lib/units";
import { paged } from "./paged";
import type { Requests } from "./requests";
import type { Subjects } from "./subjects";

/** A year of whole hours up to now. */
function year(): { from: string; to: string } {
  const to = Math.floor(Date.now() / HOUR) * HOUR;
  return { from: new Date(to - 365 * 24 * HOUR).toISOString(), to: new Date(to).toISOString() };
}

/** Requests about exports. */
export function exportRequests(actor: Actor, { projectId, hourly: exportId, historicId }: Subjects): Requests {
  return {
    ...paged("exports, as their page asks", (at) => listExports(actor, { projectId, limit: 200, ...at })),
    "one export": () => getExport(actor, { id: exportId }),
    "what catching up would export": () => getCatchUp(actor, { id: exportId }),
    "coverage of a year of hours": () => getCoverage(actor, { exportId, ...year() }),
    ...paged("historic exports", (at) => listHistoricExports(actor, { exportId, limit: 10, ...at })),
    "one historic export": () => getHistoricExport(actor, { id: historicId }),
    "the preview's estimate of speed": () => speedOf(projectId),
  };
}
