"use client";

import dynamic from "next/dynamic";
import { useState } from "react";

const MailContent = dynamic(() => import("./mail-content").then((it) => it.MailContent), { loading: () => null });

/** A side sheet with one mail and its text, open while the URL names a mail. */
export function MailSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  // Keeps the last mail visible during the closing animation.
  const [shown, setShown] = useState(id);
  if (id !== null && id !== shown) setShown(id);
  if (shown === null) return null;
  return <MailContent id={shown} open={id !== null} onClose={onClose} />;
}
