"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { Check, ChevronsUpDown, LoaderCircle, Search } from "lucide-react";
import { itemStyle, popupStyle } from "@/components/ui/popup-style";
import { cn } from "@/lib/client/cn";
import { useSwitchWorkspace, useWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";
import { NO_PROJECT, useSwitcherLabel, WorkspaceNames, workspaceFrame } from "./workspace-names";
import { type OrganizationWorkspaces, sameWorkspace, type Workspace, workspacesOf } from "./workspaces";

/** A searchable list of all organizations and projects, open at first. Loaded when it is asked for. */
export function WorkspaceList({ me, onSwitched }: { me: Me; onSwitched: (() => void) | undefined }) {
  const { open, isPending } = useSwitchWorkspace();
  const label = useSwitcherLabel(me);
  const places = workspacesOf(me);
  const current = useWorkspace();
  const here = places.flatMap(({ items }) => items).find((place) => sameWorkspace(place, current)) ?? null;
  const choose = (place: Workspace | null) => {
    if (!place || sameWorkspace(place, current)) return;
    open(place);
    onSwitched?.();
  };
  return (
    <Base.Root
      defaultOpen
      items={places}
      value={here}
      onValueChange={choose}
      isItemEqualToValue={sameWorkspace}
      itemToStringLabel={({ label }: Workspace) => label}
      disabled={isPending}
      autoHighlight
    >
      <Base.Trigger
        aria-label={label}
        aria-busy={isPending || undefined}
        className={cn(workspaceFrame, "transition-colors hover:bg-nav-raised data-popup-open:bg-nav-raised")}
      >
        <WorkspaceNames me={me} />
        {isPending ? (
          <LoaderCircle className="size-4 shrink-0 animate-spin" aria-hidden />
        ) : (
          <ChevronsUpDown className="size-4 shrink-0 text-on-nav-muted" aria-hidden />
        )}
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="start" className="z-60">
          <Base.Popup
            aria-label="Organizations and projects"
            className={cn(popupStyle, "w-72 max-w-(--available-width) p-0")}
          >
            <div className="flex items-center gap-2 border-border border-b px-3">
              <Search className="size-4 shrink-0 text-muted" aria-hidden />
              <Base.Input
                aria-label="Find an organization or project"
                placeholder="Find an organization or project"
                className="h-11 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-muted sm:h-9 sm:text-sm"
              />
            </div>
            <Base.Empty className="px-3 py-3 text-muted empty:hidden">No matches.</Base.Empty>
            <Base.List className="max-h-[min(var(--available-height),24rem)] overflow-y-auto overscroll-contain p-1 empty:hidden">
              {(group: OrganizationWorkspaces) => <OrganizationGroup key={group.value} group={group} />}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function OrganizationGroup({ group }: { group: OrganizationWorkspaces }) {
  return (
    <Base.Group items={group.items}>
      <Base.GroupLabel className="truncate px-2 pt-2 pb-1 text-muted text-xs">{group.name}</Base.GroupLabel>
      <Base.Collection>
        {(place: Workspace) => (
          <Base.Item key={place.projectId ?? place.organizationId} value={place} className={itemStyle}>
            <Base.ItemIndicator className="absolute left-2">
              <Check className="size-4" aria-hidden />
            </Base.ItemIndicator>
            <span className={cn("min-w-0 break-words", place.projectId === null && "text-muted")}>
              {place.projectId === null ? NO_PROJECT : place.name}
            </span>
          </Base.Item>
        )}
      </Base.Collection>
    </Base.Group>
  );
}
