import { ProjectsPage } from "@/components/settings/projects-page";

export const metadata = { title: "Projects" };

export default function Page() {
  return <ProjectsPage />;
}
