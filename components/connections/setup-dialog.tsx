"use client";

import { Dialog, DialogBody } from "@/components/ui/dialog";
import type { Connection } from "@/lib/schemas/connection";
import { PolicyDialog } from "./policy-dialog";
import { ScriptPanel } from "./script-panel";

/** What to paste so that a saved connection may do what it needs. */
export function SetupDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { type, name, config } = connection;
  if (type === "s3") return <PolicyDialog name={name} config={config} onClose={onClose} />;
  return (
    <Dialog
      kind="sheet"
      open
      onOpenChange={(next) => !next && onClose()}
      title="Setup script"
      description={`What “${name}” needs, and nothing more.`}
    >
      <DialogBody>
        <ScriptPanel type={type} config={config} />
      </DialogBody>
    </Dialog>
  );
}
