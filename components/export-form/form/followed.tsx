import { Info } from "lucide-react";

/** Lists what the form changed automatically after the last choice. */
export function Followed({ changes }: { changes: readonly string[] }) {
  return (
    <div aria-live="polite" className="empty:hidden">
      {changes.length > 0 && (
        <div className="flex gap-2 rounded-lg bg-info-soft px-3 py-2.5">
          <Info className="mt-0.5 size-4 shrink-0 text-info" aria-hidden />
          <div>
            <p>Changed to match your choice:</p>
            <ul className="mt-0.5 list-inside list-disc">
              {changes.map((change) => (
                <li key={change} className="break-words">
                  {change}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
