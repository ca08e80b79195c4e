import { CopyButton } from "@/components/ui/copy-button";

/** A hash or a key's ID, shortened, with a button that copies it in full. */
export function CopiedHash({ value, label }: { value: string; label: string }) {
  return (
    <span className="-my-2 inline-flex items-center gap-0.5 sm:-my-1.5">
      <code className="font-mono text-xs" title={value}>
        {shortHash(value)}
      </code>
      <CopyButton text={value} label={label} />
    </span>
  );
}

/** The first characters of a hash, enough to tell it from others of its chain. */
export const shortHash = (value: string): string => `${value.slice(0, 12)}…`;
