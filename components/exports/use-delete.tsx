import { Trash2 } from "lucide-react";
import { useState } from "react";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { useMay } from "@/lib/client/use-may";
import type { Export } from "@/lib/schemas/export";
import { DeleteExportDialog } from "./delete-export-dialog";

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
