"use client";

import { CirclePause, CirclePlay, CopyPlus, EllipsisVertical, Eye, Pencil, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLink } from "@/components/ui/menu";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { useDelete } from "./use-delete";
import { runProblem, useRunNow } from "./use-run-now";

/** More actions on an export in the list. */
export function ExportMenu({ value, onPause }: { value: Export; onPause: (paused: boolean) => void }) {
  const mayStart = useMay("runs.start");
  const mayManage = useMay("exports.manage");
  const remove = useDelete(value, () => undefined);
  const run = useRunNow(value);
  const problem = runProblem(value);
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
        {mayStart && (
          <MenuItem onSelect={() => run.mutate()} disabled={problem !== null}>
            <Play aria-hidden />
            <span>
              Run now
              {problem && <span className="block text-xs">{problem}</span>}
            </span>
          </MenuItem>
        )}
        {mayManage && (
          <>
            <MenuLink href={`/exports/${value.id}/edit`}>
              <Pencil aria-hidden /> Edit
            </MenuLink>
            <MenuLink href={`/exports/new?from=${value.id}`}>
              <CopyPlus aria-hidden /> Duplicate
            </MenuLink>
            {value.schedule.every !== "once" && !value.ended && (
              <MenuItem onSelect={() => onPause(!value.paused)}>
                {value.paused ? <CirclePlay aria-hidden /> : <CirclePause aria-hidden />}
                {value.paused ? "Turn automatic exports on" : "Turn automatic exports off"}
              </MenuItem>
            )}
          </>
        )}
        {remove.item}
      </Menu>
      {remove.dialog}
    </>
  );
}
