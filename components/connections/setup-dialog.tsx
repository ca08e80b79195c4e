"use client";

import { partsOf } from "@/components/destinations/by-type";
import { Dialog, DialogBody } from "@/components/ui/dialog";
import type { Connection } from "@/lib/schemas/connection";
import { setupOf } from "./setup";

/** What to paste to grant a saved connection its permissions. */
export function SetupDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { type, name, config } = connection;
  const { Setup } = partsOf(type);
  return (
    <Dialog
      kind="sheet"
      open
      onOpenChange={(next) => !next && onClose()}
      title={setupOf(type).title}
      description={`Only the permissions that “${name}” needs.`}
    >
      <DialogBody>
        <Setup type={type} config={config} />
      </DialogBody>
    </Dialog>
  );
}
