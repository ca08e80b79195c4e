import { Link } from "@/components/ui/link";
import type { Described, DescribedField } from "@/lib/openapi/reference";

type Shown = DescribedField & { where?: string };

/** The fields of a body, or parameters: name, type, and what each must be. */
export function Fields({ label, fields }: { label: string; fields: Shown[] }) {
  return (
    <ul aria-label={label} className="mt-2 overflow-hidden rounded-xl border border-border bg-surface">
      {fields.map((field, index) => (
        // A body that is one of several kinds has the same field more than once.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
        <li key={index} className="border-border border-t px-3 py-2 first:border-t-0">
          <FieldRow field={field} />
        </li>
      ))}
    </ul>
  );
}

function FieldRow({ field }: { field: Shown }) {
  const { name, where, required, rules, description, fields } = field;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <code className="wrap-anywhere font-medium font-mono text-[0.8125rem]">{name}</code>
        <Type of={field} />
        {where && <span className="text-muted text-xs">in the {where}</span>}
        {required && <span className="text-warn text-xs">required</span>}
      </p>
      {rules.length > 0 && <p className="wrap-anywhere text-muted text-xs leading-5">{rules.join(" · ")}</p>}
      {description && <p className="text-[0.8125rem]">{description}</p>}
      {fields.length > 0 && (
        <details className="mt-1">
          <summary className="inline-flex min-h-6 cursor-pointer items-center rounded text-primary text-xs">
            {fields.length === 1 ? "1 field" : `${fields.length} fields`}
            <span className="sr-only"> of {name}</span>
          </summary>
          <Fields label={`Fields of ${name}`} fields={fields} />
        </details>
      )}
    </>
  );
}

/** A type's words, with links to the named schemas in it. */
export function Type({ of: { type, names } }: { of: Pick<Described, "type" | "names"> }) {
  const parts = type.split(/(\w+)/);
  return (
    <span className="wrap-anywhere text-muted text-xs">
      {parts.map((part, index) =>
        names.includes(part) ? (
          <Link
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text
            key={index}
            href={`/api/docs/schemas#${part}`}
            prefetch={false}
            className="inline-block min-h-6 rounded text-primary underline decoration-primary/40 underline-offset-2"
          >
            {part}
          </Link>
        ) : (
          part
        ),
      )}
    </span>
  );
}
