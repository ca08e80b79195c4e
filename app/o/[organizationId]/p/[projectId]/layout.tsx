import type { ReactNode } from "react";
import { ProjectGate } from "@/components/app/project-context";

interface LayoutProps {
  children: ReactNode;
  params: Promise<{ projectId: string }>;
}

export default async function ProjectLayout({ children, params }: LayoutProps) {
  return <ProjectGate projectId={(await params).projectId}>{children}</ProjectGate>;
}
