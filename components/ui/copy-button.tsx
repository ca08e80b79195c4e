"use client";

import { Check, Copy } from "lucide-react";
import { type MouseEvent, useEffect, useState } from "react";
import { copyText } from "@/lib/client/copy";
import { toast } from "@/lib/client/toast";
import { Button } from "./button";

interface CopyButtonProps {
  text: string;
  label: string;
  /** Shows the label next to the icon. */
  withLabel?: boolean;
}

/** Copies `text`, then shows a check mark for two seconds. */
export function CopyButton({ text, label, withLabel = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async ({ currentTarget }: MouseEvent<HTMLElement>) => {
    if (await copyText(text, currentTarget)) setCopied(true);
    else toast.error("Your browser doesn’t allow copying. Select the text and copy it yourself.");
  };
  const said = copied ? "Copied" : label;
  const icon = copied ? <Check className="text-ok" aria-hidden /> : <Copy className="text-muted" aria-hidden />;
  if (withLabel)
    return (
      <Button size="sm" className="print:hidden" onClick={copy}>
        {icon} {said}
      </Button>
    );
  return (
    <Button variant="ghost" size="icon" className="print:hidden" aria-label={said} title={label} onClick={copy}>
      {icon}
    </Button>
  );
}
