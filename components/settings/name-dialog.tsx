"use client";

import { Dialog, DialogBody } from "@/components/ui/dialog";
import { NameForm } from "./name-form";

interface NameDialogProps<T> {
  title: string;
  description?: string;
  label: string;
  name: string;
  submitLabel: string;
  save: (name: string) => Promise<T>;
  onSaved: (saved: T) => unknown;
  onClose: () => void;
}

export function NameDialog<T>({ title, description, onClose, ...form }: NameDialogProps<T>) {
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={description}>
      <DialogBody>
        <NameForm {...form} />
      </DialogBody>
    </Dialog>
  );
}
