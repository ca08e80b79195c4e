import { CodeBlock } from "@/components/ui/code-block";
import type { ReferenceOperation } from "@/lib/openapi/reference";
import { renderMarkdown } from "../docs/markdown";
import { Fields, Type } from "./fields";
import { Method } from "./method";

/** One operation: who can call it, what it takes, and what it responds with. */
export function OperationReference({ operation, curl }: { operation: ReferenceOperation; curl: string }) {
  const { id, method, path, summary, description, access, parameters, body, bodyExample, responses } = operation;
  const successes = responses.filter(({ status }) => Number(status) < 400);
  const errors = responses.filter(({ status }) => Number(status) >= 400);
  return (
    <section aria-labelledby={id} className="mt-10 border-border border-t pt-8">
      <h2 id={id} className="scroll-mt-20 font-semibold text-lg tracking-tight">
        {summary}
      </h2>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <Method name={method} />
        <code className="wrap-anywhere font-mono text-[0.8125rem]">{path}</code>
      </p>
      {description && renderMarkdown(description, (href) => href).content}
      <p className="mt-3 text-muted">{access}</p>
      {parameters.length > 0 && (
        <>
          <h3 className="mt-5 font-medium">Parameters</h3>
          <Fields label={`Parameters of ${id}`} fields={parameters} />
        </>
      )}
      {body && (
        <>
          <h3 className="mt-5 font-medium">
            Request body: <Type of={body} />
          </h3>
          {body.fields.length > 0 && <Fields label={`Body of ${id}`} fields={body.fields} />}
        </>
      )}
      <Example title="Example request" text={curl} />
      {bodyExample && <Example title="Example body" text={bodyExample} />}
      <h3 className="mt-5 font-medium">Responses</h3>
      {successes.map((response) => (
        <Success key={response.status} operationId={id} response={response} />
      ))}
      <ul aria-label={`Errors of ${id}`} className="mt-3 space-y-1 text-[0.8125rem]">
        {errors.map(({ status, description: words }) => (
          <li key={status} className="flex gap-3">
            <code className="font-mono text-bad">{status}</code> <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Response = ReferenceOperation["responses"][number];

function Success({ operationId, response }: { operationId: string; response: Response }) {
  const { status, description, body, example } = response;
  return (
    <div className="mt-2">
      <p className="flex flex-wrap gap-x-3 text-[0.8125rem]">
        <code className="font-mono text-ok">{status}</code> <span>{description}</span> {body && <Type of={body} />}
      </p>
      {body && body.fields.length > 0 && <Fields label={`Response ${status} of ${operationId}`} fields={body.fields} />}
      {example && <Example title="Example response" text={example} />}
    </div>
  );
}

function Example({ title, text }: { title: string; text: string }) {
  return (
    <details className="mt-3">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded font-medium text-primary">
        {title}
      </summary>
      <div className="mt-2">
        <CodeBlock title={title} text={text} copyLabel="Copy" isRegion={false} />
      </div>
    </details>
  );
}
