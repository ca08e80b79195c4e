import type { ComponentProps } from "react";
import { cn } from "@/lib/client/cn";

/** A table in its own frame, which scrolls sideways so that the page doesn't. */
export function Table({ className, ...props }: ComponentProps<"table">) {
  return (
    <div className="relative overflow-x-auto rounded-xl border border-border bg-surface shadow-raised print:overflow-visible print:rounded-none print:border-0 print:shadow-none">
      <table className={cn("w-full border-collapse text-left", className)} {...props} />
    </div>
  );
}

export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn("h-9 whitespace-nowrap border-border border-b px-3 font-medium text-muted text-xs", className)}
      {...props}
    />
  );
}

export function Td({ className, ...props }: ComponentProps<"td">) {
  return <td className={cn("px-3 py-2 align-middle", className)} {...props} />;
}

export function Tr({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={cn("break-inside-avoid border-border border-b last:border-b-0", className)} {...props} />;
}
