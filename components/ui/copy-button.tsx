"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

/** Copies `text`, then shows a check mark for two seconds. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Button variant="ghost" size="icon" aria-label={copied ? "Copied" : label} title={label} onClick={copy}>
      {copied ? <Check className="text-ok" aria-hidden /> : <Copy className="text-muted" aria-hidden />}
    </Button>
  );
}
