import { decideInstallationSchema, installationSchema } from "@/lib/schemas/installation";
import { operation } from "../operation";

const installation = { tag: "Service", permission: "installation.manage" } as const;

export const getInstallation = operation({
  ...installation,
  id: "getInstallation",
  summary: "Whether this installation waits for a decision",
  description: "After its database was restored or copied, nothing runs until an operator decides what it is.",
  answer: installationSchema,
});

export const decideInstallation = operation({
  ...installation,
  id: "decideInstallation",
  summary: "Decide what becomes of a held installation",
  description:
    "`reconcile` reads the receipts in its buckets and then continues, `continue` continues without reading them, and `separate` makes it an installation of its own with every export paused. A worker carries it out within seconds.",
  body: decideInstallationSchema,
  answer: installationSchema,
  errors: [409],
});
