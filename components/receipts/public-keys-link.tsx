import { ExternalLink } from "lucide-react";
import { atBase } from "@/lib/base-path";
import { useHydrated } from "@/lib/client/use-hydrated";

const PATH = atBase("/.well-known/penstock-keys.json");

/** The address of the keys that verify signatures, for use elsewhere. Only the browser knows all of it. */
export const useKeysAddress = (): string => (useHydrated() ? window.location.origin : "") + PATH;

/** Leads to the keys that verify signatures; paper has their address. */
export function PublicKeysLink() {
  const address = useKeysAddress();
  return (
    <a
      href={PATH}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-1.5 self-start rounded underline sm:min-h-8"
    >
      Public keys <span className="hidden print:inline">({address})</span>
      <ExternalLink className="size-3.5 print:hidden" aria-hidden />
      <span className="sr-only">(opens a new tab)</span>
    </a>
  );
}
