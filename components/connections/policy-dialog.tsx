"use client";

import { Dialog, DialogBody } from "@/components/ui/dialog";
import type { S3Config } from "@/lib/destinations/s3/schema";
import { PolicyPanel } from "./policy-panel";

interface PolicyDialogProps {
  name: string;
  config: S3Config;
  onClose: () => void;
}

/** The policies for a saved connection to a bucket. */
export function PolicyDialog({ name, config, onClose }: PolicyDialogProps) {
  return (
    <Dialog
      kind="sheet"
      open
      onOpenChange={(next) => !next && onClose()}
      title="Policy"
      description={`What “${name}” needs, and nothing more.`}
    >
      <DialogBody>
        <PolicyPanel config={config} />
      </DialogBody>
    </Dialog>
  );
}
