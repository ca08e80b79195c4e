"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { useRefusal } from "@/lib/client/use-may";
import type { Permission } from "@/lib/permissions";

interface OnlyForProps {
  permission: Permission;
  /** Whether nothing else of the page has a heading. */
  page?: boolean;
  children: ReactNode;
}

/** Children for permitted users; everyone else sees who has the permission. */
export function OnlyFor({ permission, page = false, children }: OnlyForProps) {
  const refusal = useRefusal(permission);
  if (refusal === undefined) return <TableSkeleton label="Loading" />;
  if (refusal === null) return children;
  return (
    <EmptyState page={page} icon={<Lock aria-hidden />} title="You don’t have access to this page">
      {refusal}
    </EmptyState>
  );
}
