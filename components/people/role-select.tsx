"use client";

import { Select } from "@/components/ui/select";
import { ROLE_WORDS, rolesToGive } from "@/lib/client/role-words";
import type { Role } from "@/lib/permissions";

interface RoleSelectProps {
  value: Role;
  onChange: (role: Role) => void;
  /** The current user's role; only owners can create owners. */
  myRole: Role;
  id?: string;
  className?: string;
  disabled?: boolean;
  "aria-label"?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** The roles that the user can assign, with the permissions of each. */
export function RoleSelect({ myRole, ...select }: RoleSelectProps) {
  const options = rolesToGive(myRole).map((role) => ({ value: role, ...ROLE_WORDS[role] }));
  return <Select options={options} {...select} />;
}
