import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AppShell } from "@/components/app/app-shell";
import { getSession } from "@/lib/services/auth/session";

export default async function AppLayout({ children }: { children: ReactNode }) {
  if (!(await getSession())) redirect("/sign-in");
  return <AppShell>{children}</AppShell>;
}
