import { decideInstallationSchema, installationSchema } from "@/lib/schemas/installation";
import { operation } from "../operation";

const installation = { tag: "Service", permission: "installation.manage" } as const;

export const getInstallation = operation({
  ...installation,
  id: "getInstallation",
  summary: "Get the installation, and whether it is on hold",
  description: "After its database was restored or copied, nothing runs until an operator makes a decision.",
  answer: installationSchema,
});

export const decideInstallation = operation({
  ...installation,
  id: "decideInstallation",
  summary: "Decide about an installation that is on hold",
  description:
    "`reconcile` reads the receipts in its buckets and then continues, `continue` continues without reading them, and `separate` makes it an installation of its own with every export paused. A worker carries out the decision within seconds.",
  body: decideInstallationSchema,
  answer: installationSchema,
  errors: [409],
});
