"use client";

import { CopyPlus, EllipsisVertical, History, Pencil } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Menu, MenuLink } from "@/components/ui/menu";
import { Switch } from "@/components/ui/switch";
import { useMay } from "@/lib/client/use-may";
import { useAppRouter } from "@/lib/client/workspace";
import type { Export } from "@/lib/schemas/export";
import { RunNowButton } from "./run-now-button";
import { useDelete } from "./use-delete";
import { usePause } from "./use-export-actions";

/** The actions on an export that the user may take. */
export function ExportActions({ value, onCreateHistoric }: { value: Export; onCreateHistoric: () => void }) {
  const mayStart = useMay("runs.start");
  const mayManage = useMay("exports.manage");
  const recurring = value.schedule.every !== "once";
  return (
    <>
      {mayManage && recurring && !value.ended && <AutomaticSwitch value={value} />}
      {mayStart && <RunNowButton value={value} />}
      {mayStart && (
        <Button variant="primary" onClick={onCreateHistoric}>
          <History aria-hidden /> Create historic export
        </Button>
      )}
      {mayManage && (
        <ButtonLink href={`/exports/${value.id}/edit`}>
          <Pencil aria-hidden /> Edit
        </ButtonLink>
      )}
      {mayManage && <MoreMenu value={value} />}
    </>
  );
}

function AutomaticSwitch({ value }: { value: Export }) {
  const pause = usePause(value);
  const paused = pause.isPending ? pause.variables : value.paused;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control
    <label className="mr-2 flex min-h-11 items-center gap-2.5 sm:min-h-9">
      <Switch checked={!paused} disabled={pause.isPending} onChange={(on) => pause.mutate(!on)} />
      Automatic exports
    </label>
  );
}

function MoreMenu({ value }: { value: Export }) {
  const router = useAppRouter();
  const remove = useDelete(value, () => router.push("/exports"));
  return (
    <>
      <Menu
        trigger={
          <Button size="icon" className="sm:size-9" aria-label="More actions">
            <EllipsisVertical aria-hidden />
          </Button>
        }
      >
        <MenuLink href={`/exports/new?from=${value.id}`}>
          <CopyPlus aria-hidden /> Duplicate
        </MenuLink>
        {remove.item}
      </Menu>
      {remove.dialog}
    </>
  );
}
