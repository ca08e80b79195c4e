import { SwitchField } from "@/components/ui/switch-field";

/** Whether a webhook gets every receipt, too. */
export const ReceiptsSwitch = ({ checked, onChange }: { checked: boolean; onChange: (checked: boolean) => void }) => (
  <SwitchField
    label="Send receipts"
    hint="Posts the signed receipt of every committed window, so you have a copy that nobody here can change."
    checked={checked}
    onChange={onChange}
  />
);
