import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReferenceFrame } from "@/app/_lib/reference-frame";
import { curlOf } from "@/components/api-reference/curl";
import { OperationReference } from "@/components/api-reference/operation";
import { SchemaReference } from "@/components/api-reference/schemas";
import { getWebEnv } from "@/lib/env";
import { namedSchemas, referenceSections } from "@/lib/openapi/reference";

interface Props {
  params: Promise<{ section: string }>;
}

const SCHEMAS = "schemas";

const findSection = (slug: string) => referenceSections().find((section) => section.slug === slug);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { section } = await params;
  const title = section === SCHEMAS ? "Schemas" : findSection(section)?.title;
  return { title: title ? `${title} · API reference` : "Not found" };
}

export default async function Page({ params }: Props) {
  const { section: slug } = await params;
  const path = `/api/docs/${slug}`;
  if (slug === SCHEMAS)
    return (
      <ReferenceFrame path={path}>
        <SchemaReference schemas={namedSchemas()} />
      </ReferenceFrame>
    );
  const section = findSection(slug);
  if (!section) notFound();
  const base = getWebEnv().APP_URL.replace(/\/+$/, "");
  return (
    <ReferenceFrame path={path} sections={section.operations.map(({ id, summary }) => ({ id, text: summary }))}>
      <h1 className="font-semibold text-2xl tracking-tight">{section.title}</h1>
      {section.operations.map((operation) => (
        <OperationReference key={operation.id} operation={operation} curl={curlOf(operation, base)} />
      ))}
    </ReferenceFrame>
  );
}
