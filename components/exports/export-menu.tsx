"use client";

import { CirclePause, CirclePlay, EllipsisVertical, Eye, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { DeleteExportDialog } from "./delete-export-dialog";

/** What else one can do with an export in the list. */
export function ExportMenu({ value, onPause }: { value: Export; onPause: (paused: boolean) => void }) {
  const mayManage = useMay("exports.manage");
  const mayDelete = useMay("exports.delete");
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={`More for ${value.name}`}>
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuLink href={`/exports/${value.id}`}>
          <Eye aria-hidden /> Show
        </MenuLink>
        {mayManage && (
          <>
            <MenuLink href={`/exports/${value.id}/edit`}>
              <Pencil aria-hidden /> Edit
            </MenuLink>
            <MenuItem onSelect={() => onPause(!value.paused)}>
              {value.paused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
              {value.paused ? "Turn automatic exports on" : "Turn automatic exports off"}
            </MenuItem>
          </>
        )}
        {mayDelete && (
          <>
            <MenuSeparator />
            <MenuItem danger onSelect={() => setDeleting(true)}>
              <Trash2 aria-hidden /> Delete…
            </MenuItem>
          </>
        )}
      </Menu>
      {deleting && <DeleteExportDialog value={value} open onOpenChange={setDeleting} onDeleted={() => undefined} />}
    </>
  );
}
