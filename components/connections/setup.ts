import { FileJson2, FileTerminal } from "lucide-react";
import { type DestinationType, outlines } from "@/lib/destinations/outlines";

const SETUPS = {
  policy: {
    Icon: FileJson2,
    title: "Policy",
    label: "Generate policy",
    hide: "Hide policy",
    whole: "Show the whole policy",
  },
  script: {
    Icon: FileTerminal,
    title: "Setup script",
    label: "Setup script",
    hide: "Hide setup script",
    whole: "Show the setup script",
  },
};

/** How to grant Penstock its permissions: a policy or a script. */
export const setupOf = (type: DestinationType) => SETUPS[outlines[type].setup];
