import { redirect } from "next/navigation";
import { pathIn, type WorkspaceIds } from "@/lib/workspace-path";

export default async function Page({ params }: { params: Promise<WorkspaceIds> }) {
  redirect(pathIn(await params, "/exports"));
}
