interface KeyListProps {
  keys: readonly string[];
  /** Whether there are more keys than shown. */
  more?: boolean;
  className?: string;
}

/** Object keys in full. */
export function KeyList({ keys, more = false, className = "" }: KeyListProps) {
  return (
    <ul className={`mt-1 font-mono text-xs leading-5 ${className}`}>
      {keys.map((key) => (
        <li key={key} className="break-all">
          {key}
        </li>
      ))}
      {more && <li aria-hidden>…</li>}
    </ul>
  );
}
