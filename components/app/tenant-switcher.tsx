"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, LoaderCircle } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { cn } from "@/lib/client/cn";
import { meQuery } from "@/lib/client/queries";
import type { Me } from "@/lib/schemas/me";
import { useSwitcherLabel, WorkspaceNames, workspaceFrame } from "./workspace-names";

const loadList = () => import("./workspace-list").then((it) => it.WorkspaceList);

/** The current organization and project; a searchable list if there are several. */
export function TenantSwitcher({ onSwitched }: { onSwitched?: (() => void) | undefined }) {
  const { data: me } = useQuery(meQuery());
  if (!me) return <div className={workspaceFrame} />;
  const several = me.organizations.length > 1 || me.projects.length > 1;
  if (several) return <Switcher me={me} onSwitched={onSwitched} />;
  return (
    <div className={workspaceFrame}>
      <WorkspaceNames me={me} />
    </div>
  );
}

const WorkspaceList = dynamic(loadList, { ssr: false, loading: () => <Opener isOpening /> });

/** The list, which is large, is loaded when the pointer or the focus comes near, and opens once it is there. */
function Switcher({ me, onSwitched }: { me: Me; onSwitched: (() => void) | undefined }) {
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <WorkspaceList me={me} onSwitched={onSwitched} />;
  return <Opener onOpen={() => setAsked(true)} />;
}

/** Looks like the list's own trigger. */
function Opener({ onOpen, isOpening = false }: { onOpen?: () => void; isOpening?: boolean }) {
  const { data: me } = useQuery(meQuery());
  const label = useSwitcherLabel(me);
  const Icon = isOpening ? LoaderCircle : ChevronsUpDown;
  return (
    <button
      type="button"
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={false}
      aria-busy={isOpening || undefined}
      onClick={onOpen}
      onPointerEnter={loadList}
      onFocus={loadList}
      className={cn(workspaceFrame, "transition-colors hover:bg-nav-raised")}
    >
      {me && <WorkspaceNames me={me} />}
      <Icon className={cn("size-4 shrink-0 text-on-nav-muted", isOpening && "animate-spin")} aria-hidden />
    </button>
  );
}
