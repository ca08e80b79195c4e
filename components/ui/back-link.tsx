import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "./link";

/** A link back to the list, above a page's title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      className="-mt-1 mb-1 inline-flex h-8 items-center gap-1 rounded text-muted hover:text-foreground"
    >
      <ChevronLeft className="size-4" aria-hidden /> {children}
    </Link>
  );
}
