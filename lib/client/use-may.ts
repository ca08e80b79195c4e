"use client";

import { useQuery } from "@tanstack/react-query";
import { type Grants, type Permission, refusal } from "@/lib/permissions";
import type { Me } from "@/lib/schemas/me";
import { meQuery } from "./queries";

const grantsOf = ({ role, operator }: Me): Grants => ({ kind: "user", role, operator, scopes: [] });

/** Why the signed-in person may not, in a sentence that says who may; null if they may, undefined until known. */
export function useRefusal(permission: Permission): string | null | undefined {
  const { data: me } = useQuery(meQuery());
  return me && refusal(grantsOf(me), permission);
}

/** Whether the signed-in person may; false until known, so that nothing shows and then disappears. */
export const useMay = (permission: Permission): boolean => useRefusal(permission) === null;
