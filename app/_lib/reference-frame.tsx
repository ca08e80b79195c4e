import type { ReactNode } from "react";
import { DocsFrame } from "@/components/docs/docs-frame";
import { referenceSections } from "@/lib/openapi/reference";

interface ReferenceFrameProps {
  path: string;
  sections?: { id: string; text: string }[];
  children: ReactNode;
}

/** The frame of the API reference. Anyone can read it, like the document that it shows. */
export function ReferenceFrame({ path, sections = [], children }: ReferenceFrameProps) {
  const operations = referenceSections().map(({ slug, title }) => ({ path: `/api/docs/${slug}`, title }));
  const general = [
    { path: "/api/docs", title: "Overview" },
    { path: "/api/docs/schemas", title: "Schemas" },
  ];
  const groups = [
    { title: "API", entries: general },
    { title: "Operations", entries: operations },
  ];
  return (
    <DocsFrame path={path} groups={groups} sections={sections}>
      {children}
    </DocsFrame>
  );
}
