"use client";

import { Dialog, DialogBody } from "@/components/ui/dialog";
import type { Connection } from "@/lib/schemas/connection";
import { PolicyPanel } from "./policy-panel";

/** The policies for a saved connection. */
export function PolicyDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  return (
    <Dialog
      kind="sheet"
      open
      onOpenChange={(next) => !next && onClose()}
      title="Policy"
      description={`What “${connection.name}” needs, and nothing more.`}
    >
      <DialogBody>
        <PolicyPanel config={connection.config} />
      </DialogBody>
    </Dialog>
  );
}
