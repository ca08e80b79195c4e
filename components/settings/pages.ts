import type { Permission } from "@/lib/permissions";

/** The settings pages, each with the permission required to see it. */
export const SETTINGS = [
  { href: "/settings/organization", label: "Organization", permission: "view" },
  { href: "/settings/members", label: "Members", permission: "view" },
  { href: "/settings/projects", label: "Projects", permission: "view" },
  { href: "/settings/api-keys", label: "API keys", permission: "keys.manage" },
  { href: "/settings/alerts", label: "Alerts", permission: "view" },
  { href: "/settings/audit-log", label: "Audit log", permission: "audit.read" },
  { href: "/settings/source", label: "Source", permission: "source.manage" },
  { href: "/settings/installation", label: "Installation", permission: "installation.manage" },
  { href: "/settings/mails", label: "Emails", permission: "mail.read" },
] as const satisfies readonly { href: string; label: string; permission: Permission }[];
