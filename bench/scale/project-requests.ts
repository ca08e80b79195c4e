import type { Actor } from "@/lib/services/access/actor";
import { listActivity } from "@/lib/services/activity/list";
import { listAlertChannels } from "@/lib/services/alert-channels/list";
import { listAlerts } from "@/lib/services/alerts/list";
import { listAudit } from "@/lib/services/audit/list";
import { listConnections } from "@/lib/services/connections/list";
import { listMails } from "@/lib/services/mails/list";
import { measure } from "@/lib/services/metrics/measure";
import { listReservedKeys } from "@/lib/services/reserved-keys/list";
import { DAY } from "@/lib/units";
import { paged } from "./paged";
import type { Requests } from "./requests";
import type { Subjects } from "./subjects";

const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** Requests about a project, its organization, and the installation. */
export function projectRequests(actor: Actor, subjects: Subjects): Requests {
  const { projectId } = subjects;
  return {
    ...activityRequests(actor, subjects),
    ...auditRequests(actor, subjects),
    ...paged("alerts", (at) => listAlerts(actor, { limit: 50, ...at })),
    ...paged("mails", (at) => listMails(actor, { limit: 50, ...at })),
    ...paged("mails, for whom runs the installation", (at) =>
      listMails({ ...actor, operator: true }, { limit: 50, ...at }),
    ),
    "alert channels": () => listAlertChannels(actor),
    connections: () => listConnections(actor, { projectId, limit: 200 }),
    "reserved keys": () => listReservedKeys(actor, { projectId }),
    metrics: () => measure(),
  };
}

function activityRequests(actor: Actor, { projectId, hourly: exportId, requestId }: Subjects): Requests {
  const asked = { projectId, limit: 50 };
  return {
    ...paged("activity", (at) => listActivity(actor, { ...asked, ...at })),
    "activity by the beginning of a request id": () =>
      listActivity(actor, { ...asked, requestId: requestId.slice(0, 4) }),
    "activity by a request id": () => listActivity(actor, { ...asked, requestId }),
    "activity by a request id of nobody": () => listActivity(actor, { ...asked, requestId: "zzzz" }),
    "activity of an export": () => listActivity(actor, { ...asked, exportId }),
    ...paged("activity that is done", (at) => listActivity(actor, { ...asked, state: "Completed", ...at })),
    ...paged("activity that failed", (at) => listActivity(actor, { ...asked, state: "Failed", ...at })),
    "activity that is under way": () => listActivity(actor, { ...asked, state: "Running" }),
    ...paged("activity by schedule", (at) => listActivity(actor, { ...asked, trigger: "schedule", ...at })),
    "activity by retry": () => listActivity(actor, { ...asked, trigger: "retry" }),
    "activity by healing, of which there is none": () => listActivity(actor, { ...asked, trigger: "heal" }),
    "activity by retry of an export": () => listActivity(actor, { ...asked, trigger: "retry", exportId }),
    "activity of some days": () => listActivity(actor, { ...asked, from: daysAgo(40), to: daysAgo(2) }),
  };
}

function auditRequests(actor: Actor, { projectId, objectId }: Subjects): Requests {
  const asked = { limit: 50 };
  return {
    ...paged("audit", (at) => listAudit(actor, { ...asked, ...at })),
    "audit of a project": () => listAudit(actor, { ...asked, projectId }),
    "audit of an action": () => listAudit(actor, { ...asked, action: "export.patch" }),
    "audit of an action of which there is none": () => listAudit(actor, { ...asked, action: "export.delete" }),
    "audit of an object": () => listAudit(actor, { ...asked, objectType: "export", objectId }),
    "audit of a person": () => listAudit(actor, { ...asked, actorId: "user-7" }),
    "audit of nobody": () => listAudit(actor, { ...asked, actorId: "nobody" }),
    "audit by a text": () => listAudit(actor, { ...asked, text: "Export 1" }),
    "audit by a text that is nowhere": () => listAudit(actor, { ...asked, text: "nowhere" }),
    "audit of some days": () => listAudit(actor, { ...asked, from: daysAgo(12), to: daysAgo(2) }),
  };
}
