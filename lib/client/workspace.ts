"use client";

import { usePathname, useRouter } from "next/navigation";
import { createContext, useContext, useMemo, useTransition } from "react";
import { pathBelowWorkspace, pathIn, type WorkspaceIds } from "@/lib/workspace-path";

/** The workspace that this page's links lead to; null outside of one, like on the sign-in page. */
export const WorkspaceContext = createContext<WorkspaceIds | null>(null);

/** The workspace of this page. Throws outside of one. */
export function useWorkspace(): WorkspaceIds {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace needs a Workspace above it");
  return workspace;
}

/** Opens the exports of another workspace. `isPending` until they are there. */
export function useSwitchWorkspace() {
  const { push } = useRouter();
  const [isPending, startTransition] = useTransition();
  const open = (workspace: WorkspaceIds) => startTransition(() => push(pathIn(workspace, "/exports")));
  return { open, isPending };
}

/** Resolves paths like `/exports` to pages of this workspace. Outside of one, the server redirects them. */
export function usePathIn(): (path: string) => string {
  const workspace = useContext(WorkspaceContext);
  return useMemo(() => (workspace ? pathIn.bind(null, workspace) : (path: string) => path), [workspace]);
}

/** Next's router, for paths like `/exports` in this workspace. */
export function useAppRouter() {
  const { push, replace } = useRouter();
  const resolve = usePathIn();
  return useMemo(
    () => ({ push: (path: string) => push(resolve(path)), replace: (path: string) => replace(resolve(path)) }),
    [push, replace, resolve],
  );
}

/** The current path without its workspace, like `/exports`. */
export const useAppPath = (): string => pathBelowWorkspace(usePathname());
