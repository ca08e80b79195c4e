import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Draft } from "@/lib/client/drafts";
import { meQuery } from "@/lib/client/queries";
import { type ConnectionForm, connectionDraft } from "./connection-form";

/** The draft of a person's new connection in a project, and whether something in it is unsaved. */
export function useConnectionDraft(projectId: string) {
  const { data: me } = useQuery(meQuery());
  const user = me?.user.id ?? "";
  const [kept] = useState(() => connectionDraft([user, projectId]));
  const [wasRestored, setWasRestored] = useState(() => kept.read() !== null);
  const [isUnsaved, setIsUnsaved] = useState(wasRestored);
  const [draft] = useState<Draft<ConnectionForm>>(() => ({
    read: kept.read,
    write: (value) => {
      kept.write(value);
      setIsUnsaved(true);
    },
    remove: () => {
      kept.remove();
      setWasRestored(false);
      setIsUnsaved(false);
    },
  }));
  return { draft, wasRestored, isUnsaved };
}
