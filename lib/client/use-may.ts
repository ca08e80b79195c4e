"use client";

import { useQuery } from "@tanstack/react-query";
import { may, type Permission } from "@/lib/permissions";
import { meQuery } from "./queries";

/** Whether the one who is signed in may; false until it is known, so that nothing shows that is then taken away. */
export function useMay(permission: Permission): boolean {
  const { data: me } = useQuery(meQuery());
  if (!me) return false;
  return may({ kind: "user", role: me.role, operator: me.operator, scopes: [] }, permission);
}
