import { CodeBlock } from "@/components/ui/code-block";
import type { NamedSchema } from "@/lib/openapi/reference";
import { Fields, Type } from "./fields";

/** Every named schema with its fields and an example. */
export function SchemaReference({ schemas }: { schemas: NamedSchema[] }) {
  return (
    <>
      <h1 className="font-semibold text-2xl tracking-tight">Schemas</h1>
      {schemas.map((schema) => (
        <section key={schema.name} aria-labelledby={schema.name} className="mt-8 border-border border-t pt-6">
          <h2 id={schema.name} className="scroll-mt-20 font-mono font-semibold text-base">
            {schema.name}
          </h2>
          {schema.description && <p className="mt-2">{schema.description}</p>}
          {schema.fields.length === 0 && (
            <p className="mt-2">
              <Type of={schema} /> <span className="text-muted text-xs">{schema.rules.join(" · ")}</span>
            </p>
          )}
          {schema.fields.length > 0 && <Fields label={`Fields of ${schema.name}`} fields={schema.fields} />}
          <details className="mt-3">
            <summary className="inline-flex min-h-6 cursor-pointer items-center rounded font-medium text-primary">
              Example<span className="sr-only"> of {schema.name}</span>
            </summary>
            <div className="mt-2">
              <CodeBlock title={schema.name} text={schema.example} copyLabel="Copy" isRegion={false} />
            </div>
          </details>
        </section>
      ))}
    </>
  );
}
