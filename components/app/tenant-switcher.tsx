"use client";

import { Combobox as Base } from "@base-ui/react/combobox";
import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown, LoaderCircle, Search } from "lucide-react";
import { itemStyle, popupStyle } from "@/components/ui/select";
import { cn } from "@/lib/client/cn";
import { meQuery } from "@/lib/client/queries";
import { useSwitchWorkspace, useWorkspace } from "@/lib/client/workspace";
import type { Me } from "@/lib/schemas/me";
import { type OrganizationWorkspaces, sameWorkspace, type Workspace, workspacesOf } from "./workspaces";

const frame = "mx-3 mb-3 flex min-h-14 items-center gap-2 rounded-lg border border-nav-border px-3 py-2 text-left";

/** The current organization and project; a searchable list if there are several. */
export function TenantSwitcher({ onSwitched }: { onSwitched?: (() => void) | undefined }) {
  const { data: me } = useQuery(meQuery());
  if (!me) return <div className={frame} />;
  const several = me.organizations.length > 1 || me.projects.length > 1;
  if (several) return <Switcher me={me} onSwitched={onSwitched} />;
  return (
    <div className={frame}>
      <Names me={me} />
    </div>
  );
}

function Names({ me }: { me: Me }) {
  const { projectId } = useWorkspace();
  const project = me.projects.find(({ id }) => id === projectId);
  return (
    <span className="min-w-0 flex-1">
      <span className="block truncate text-on-nav-muted text-xs" title={me.organization.name}>
        {me.organization.name}
      </span>
      <span className="block truncate font-medium" title={project?.name}>
        {project?.name ?? "No projects yet"}
      </span>
    </span>
  );
}

function Switcher({ me, onSwitched }: { me: Me; onSwitched: (() => void) | undefined }) {
  const { open, isPending } = useSwitchWorkspace();
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
      items={places}
      value={here}
      onValueChange={choose}
      isItemEqualToValue={sameWorkspace}
      itemToStringLabel={({ label }: Workspace) => label}
      disabled={isPending}
      autoHighlight
    >
      <Base.Trigger
        aria-label="Switch organization or project"
        aria-busy={isPending || undefined}
        className={cn(frame, "transition-colors hover:bg-nav-raised data-popup-open:bg-nav-raised")}
      >
        <Names me={me} />
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
              {place.projectId === null ? "No projects yet" : place.name}
            </span>
          </Base.Item>
        )}
      </Base.Collection>
    </Base.Group>
  );
}
