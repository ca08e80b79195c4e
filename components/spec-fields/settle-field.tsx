import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface SettleProps {
  value: number | null;
  onChange: (value: number | null) => void;
  /** The value that applies if the field is empty, in seconds; null if unknown here. */
  fallback: number | null;
  hint: string;
  error?: string | undefined;
}

/** How long runs wait after their window's end; empty inherits the setting. */
export function SettleField({ value, onChange, fallback, hint, error }: SettleProps) {
  return (
    <Field label="Settle time, in seconds (optional)" hint={hint} error={error} className="sm:max-w-md">
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={0}
          max={86_400}
          className="sm:w-32"
          placeholder={fallback === null ? undefined : String(fallback)}
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
        />
      )}
    </Field>
  );
}
