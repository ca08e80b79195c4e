import { ExternalLink } from "lucide-react";
import { atBase } from "@/lib/base-path";

const PATH = atBase("/.well-known/penstock-keys.json");

/** The address of the keys that verify signatures, for use elsewhere. Only the browser knows it. */
export const keysAddress = (): string => new URL(PATH, window.location.origin).href;

/** Leads to the keys that verify signatures; paper has their address. Rendered in the browser only. */
export function PublicKeysLink() {
  return (
    <a
      href={PATH}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded underline sm:min-h-8"
    >
      Public keys <span className="hidden print:inline">({keysAddress()})</span>
      <ExternalLink className="size-3.5 print:hidden" aria-hidden />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}
