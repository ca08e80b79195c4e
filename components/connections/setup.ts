import { FileJson2, FileTerminal } from "lucide-react";
import type { DestinationType } from "@/lib/destinations/catalog";

const POLICY = { Icon: FileJson2, label: "Generate policy", hide: "Hide policy", whole: "Show the whole policy" };
const SCRIPT = { Icon: FileTerminal, label: "Setup script", hide: "Hide setup script", whole: "Show the setup script" };

/** What gives Penstock the permissions it needs: a policy for a bucket, a script for a warehouse. */
export const setupOf = (type: DestinationType) => (type === "s3" ? POLICY : SCRIPT);
