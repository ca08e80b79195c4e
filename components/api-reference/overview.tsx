import { Link } from "@/components/ui/link";
import { atBase } from "@/lib/base-path";
import type { ReferenceSection } from "@/lib/openapi/reference";
import { Method } from "./method";

/** How to call the API, and a list of all operations. */
export function ReferenceOverview({ sections }: { sections: ReferenceSection[] }) {
  const link = "rounded text-primary underline decoration-primary/40 underline-offset-2 hover:decoration-primary";
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">API reference</h1>
      <p className="mt-3 leading-6">
        The API speaks JSON. Send an API key of the project as <code>Authorization: Bearer pk_…</code>; admins create
        keys under Settings, API keys.{" "}
        <Link href="/docs/api" prefetch={false} className={link}>
          How the API works
        </Link>{" "}
        explains errors, pages, times, and webhooks. Tools can read the same reference as{" "}
        <a href={atBase("/api/openapi.json")} className={link}>
          OpenAPI 3.1
        </a>
        .
      </p>
      {sections.map(({ slug, title, operations }) => (
        <section key={slug} aria-labelledby={slug}>
          <h2 id={slug} className="mt-8 scroll-mt-20 font-semibold text-lg tracking-tight">
            {title}
          </h2>
          <ul className="mt-2 overflow-hidden rounded-xl border border-border bg-surface">
            {operations.map(({ id, method, path, summary }) => (
              <li key={id} className="border-border border-t first:border-t-0">
                <Link href={`/api/docs/${slug}#${id}`} prefetch={false} className="block px-3 py-2.5 hover:bg-sunken">
                  <span className="block">{summary}</span>
                  <span className="mt-1 flex items-center gap-2">
                    <Method name={method} /> <code className="wrap-anywhere font-mono text-muted text-xs">{path}</code>
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
