"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { meQuery } from "@/lib/client/queries";
import { useAppRouter, useWorkspace } from "@/lib/client/workspace";
import { NoProject } from "./no-project";
import { PageSkeleton } from "./project-context";

/** Opens the exports of the organization's project, once it has one. */
export function OrganizationStart() {
  const { data: me } = useQuery(meQuery());
  const { projectId } = useWorkspace();
  const { replace } = useAppRouter();
  useEffect(() => {
    if (projectId !== null) replace("/exports");
  }, [projectId, replace]);
  return me && projectId === null ? <NoProject me={me} /> : <PageSkeleton />;
}
