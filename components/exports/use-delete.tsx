import { Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";

const DeleteExportDialog = dynamic(() => import("./delete-export-dialog").then((it) => it.DeleteExportDialog), {
  loading: () => null,
});

/** The last item of an export's menus, if the user may delete, and its dialog. */
export function useDelete(value: Export, onDeleted: () => void) {
  const mayDelete = useMay("exports.delete");
  const [deleting, setDeleting] = useState(false);
  return {
    item: mayDelete && (
      <>
        <MenuSeparator />
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 aria-hidden /> Delete…
        </MenuItem>
      </>
    ),
    dialog: deleting && <DeleteExportDialog value={value} open onOpenChange={setDeleting} onDeleted={onDeleted} />,
  };
}
