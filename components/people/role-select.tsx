"use client";

import { Select } from "@/components/ui/select";
import { ROLE_WORDS, rolesToGive } from "@/lib/client/role-words";
import type { Role } from "@/lib/permissions";

interface RoleSelectProps {
  value: Role;
  onChange: (role: Role) => void;
  /** The role of the one who chooses: only owners make owners. */
  myRole: Role;
  id?: string;
  className?: string;
  disabled?: boolean;
  "aria-label"?: string;
  "aria-invalid"?: true | undefined;
  "aria-describedby"?: string | undefined;
}

/** A choice of the roles that one may give, each with what it may. */
export function RoleSelect({ myRole, ...select }: RoleSelectProps) {
  const options = rolesToGive(myRole).map((role) => ({ value: role, ...ROLE_WORDS[role] }));
  return <Select options={options} {...select} />;
}
