import { ExternalLink } from "lucide-react";

const PATH = "/.well-known/penstock-keys.json";

/** Leads to the keys that verify signatures; paper has their address. Rendered in the browser only, which knows it. */
export function PublicKeysLink() {
  return (
    <a
      href={PATH}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded underline sm:min-h-8"
    >
      Public keys <span className="hidden print:inline">({new URL(PATH, window.location.origin).href})</span>
      <ExternalLink className="size-3.5 print:hidden" aria-hidden />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}
