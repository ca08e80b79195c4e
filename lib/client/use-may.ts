"use client";

import { useQuery } from "@tanstack/react-query";
import { type Grants, type Permission, refusal } from "@/lib/permissions";
import type { Me } from "@/lib/schemas/me";
import { meQuery } from "./queries";

const grantsOf = ({ role, operator }: Me): Grants => ({ kind: "user", role, operator, scopes: [] });

/** Why the one who is signed in may not, in a sentence that says who may; null when they may, undefined until it is known. */
export function useRefusal(permission: Permission): string | null | undefined {
  const { data: me } = useQuery(meQuery());
  return me && refusal(grantsOf(me), permission);
}

/** Whether the one who is signed in may; false until it is known, so that nothing shows that is then taken away. */
export const useMay = (permission: Permission): boolean => useRefusal(permission) === null;
