import { CopyButton } from "./copy-button";

/** A name with a value to copy. */
export function CopyLine({ label, value, copyLabel }: { label: string; value: string; copyLabel: string }) {
  return (
    <div className="flex items-center gap-1">
      <div className="min-w-0">
        <p className="text-muted text-xs">{label}</p>
        <p className="break-all font-mono text-xs leading-5">{value}</p>
      </div>
      <CopyButton text={value} label={copyLabel} />
    </div>
  );
}
