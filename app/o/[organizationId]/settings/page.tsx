import { redirect } from "next/navigation";
import { pathIn } from "@/lib/workspace-path";

export default async function Page({ params }: { params: Promise<{ organizationId: string }> }) {
  redirect(pathIn({ ...(await params), projectId: null }, "/settings/organization"));
}
