"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { TableSkeleton } from "@/components/ui/skeleton";
import { EmptyState } from "@/components/ui/states";
import { useRefusal } from "@/lib/client/use-may";
import type { Permission } from "@/lib/permissions";

/** Children for permitted users; everyone else sees who has the permission. */
export function OnlyFor({ permission, children }: { permission: Permission; children: ReactNode }) {
  const refusal = useRefusal(permission);
  if (refusal === undefined) return <TableSkeleton label="Loading" />;
  if (refusal === null) return children;
  return (
    <EmptyState icon={<Lock aria-hidden />} title="You don’t have access to this page">
      {refusal}
    </EmptyState>
  );
}
