"use client";

import { FolderSearch } from "lucide-react";
import { type DragEvent, useState } from "react";
import { cn } from "@/lib/client/cn";
import { fromDrop, fromPicker, type Given } from "@/verifier/browser/given";
import { FileButton } from "./file-button";

interface DropZoneProps {
  /** Name of the file whose keys are used; null uses the keys beside the receipts. */
  keysName: string | null;
  onGiven: (given: Given | Promise<Given>) => void;
  onKeys: (file: File) => void;
}

/** Takes a folder or files, dropped or chosen. */
export function DropZone({ keysName, onGiven, onKeys }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length > 0) onGiven(fromDrop(event.dataTransfer));
  };
  return (
    <section
      aria-labelledby="drop-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex flex-col items-center rounded-xl border border-border-strong border-dashed px-6 py-10 text-center",
        isOver && "border-primary bg-primary-soft",
      )}
    >
      <div className="mb-3 flex size-11 items-center justify-center rounded-xl bg-primary-soft text-primary">
        <FolderSearch className="size-5" aria-hidden />
      </div>
      <h2 id="drop-title" className="font-semibold">
        Drop a folder, or receipts with their files
      </h2>
      <p className="mt-1 max-w-md text-balance text-muted">A folder is a copy of a bucket, or of a part of it.</p>
      <div className="mt-4 flex flex-wrap justify-center gap-2">
        <FileButton variant="primary" isFolder onFiles={(files) => onGiven(fromPicker(files))}>
          Choose a folder
        </FileButton>
        <FileButton isMultiple onFiles={(files) => onGiven(fromPicker(files))}>
          Choose files
        </FileButton>
        <FileButton variant="ghost" onFiles={([file]) => file && onKeys(file)}>
          Use other public keys
        </FileButton>
      </div>
      <p className="mt-3 break-words text-muted text-xs">
        Signatures are checked with {keysName ?? "the keys beside the receipts"}.
      </p>
    </section>
  );
}
