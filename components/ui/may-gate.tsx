"use client";

import { useQuery } from "@tanstack/react-query";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { meQuery } from "@/lib/client/queries";
import { type Permission, refusal } from "@/lib/permissions";
import { TableSkeleton } from "./skeleton";
import { EmptyState } from "./states";

/** Shows its children to those who may; to others, who may instead. */
export function MayGate({ permission, children }: { permission: Permission; children: ReactNode }) {
  const { data: me } = useQuery(meQuery());
  if (!me) return <TableSkeleton label="Loading" />;
  const why = refusal({ kind: "user", role: me.role, operator: me.operator, scopes: [] }, permission);
  if (why === null) return children;
  return (
    <EmptyState icon={<Lock aria-hidden />} title="This isn’t yours to do">
      {why}
    </EmptyState>
  );
}
