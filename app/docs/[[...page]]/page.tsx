import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DocsFrame } from "@/components/docs/docs-frame";
import { renderMarkdown } from "@/components/docs/markdown";
import { appHref, docNavigation, findPage, readPage } from "@/lib/services/docs";

interface Props {
  params: Promise<{ page?: string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { page = [] } = await params;
  return { title: findPage(page)?.title ?? "Not found" };
}

/** A page of the documentation. Anyone can read it: someone who can't sign in may need it most, and it is public. */
export default async function Page({ params }: Props) {
  const { page = [] } = await params;
  const found = findPage(page);
  if (!found) notFound();
  const { content, headings } = renderMarkdown(await readPage(found), (href) => appHref(found.file, href));
  return (
    <DocsFrame path={found.path} groups={docNavigation()} sections={headings}>
      {content}
    </DocsFrame>
  );
}
