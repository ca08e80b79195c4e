import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface RetentionProps {
  value: number | null;
  onChange: (value: number | null) => void;
  error: string | undefined;
}

/** How long the source keeps rows; empty means forever. */
export function RetentionField({ value, onChange, error }: RetentionProps) {
  return (
    <Field
      label="Days that the source keeps rows (optional)"
      hint="For a source that removes old rows, such as by a TTL. Windows older than this aren’t checked against the source, because it can’t have their rows anymore. Leave it empty if the source keeps all rows."
      error={error}
      className="sm:max-w-md"
    >
      {(control) => (
        <Input
          {...control}
          type="number"
          inputMode="numeric"
          min={1}
          max={36_500}
          className="sm:w-32"
          placeholder="All"
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
        />
      )}
    </Field>
  );
}
