import type { ReactNode } from "react";

interface SectionProps {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A section with a heading, for content with its own frame, such as a table. */
export function Section({ title, description, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="mb-8 last:mb-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 max-w-2xl">
          <h2 className="font-semibold text-[0.9375rem]">{title}</h2>
          {description && <p className="mt-0.5 text-muted">{description}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
