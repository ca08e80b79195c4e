import { X } from "lucide-react";
import { Button } from "./button";
import { DateTimeField } from "./date-time-field";
import { Field } from "./field";
import { type Option, Select } from "./select";

/** The value of "no filter", because a select needs a nonempty one. */
const ALL = "all";

interface FilterChoiceProps<T extends string> {
  label: string;
  /** The label of "no filter". */
  all: string;
  options: readonly Option<T>[];
  value: T | null;
  onChange: (value: T | null) => void;
  className?: string;
}

/** Filters by one of several values. */
export function FilterChoice<T extends string>({
  label,
  all,
  options,
  value,
  onChange,
  className,
}: FilterChoiceProps<T>) {
  return (
    <Field label={label} className={className}>
      {({ id }) => (
        <Select<T | typeof ALL>
          id={id}
          options={[{ value: ALL, label: all }, ...options]}
          value={value ?? ALL}
          onChange={(next) => onChange(next === ALL ? null : next)}
        />
      )}
    </Field>
  );
}

interface FilterMomentProps {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
  className: string;
}

/** One end of a time filter. */
export function FilterMoment({ label, value, onChange, className }: FilterMomentProps) {
  return (
    <Field label={label} className={className}>
      {(control) => <DateTimeField {...control} value={value} onChange={onChange} />}
    </Field>
  );
}

export function ClearFilters({ onClick, className }: { onClick: () => void; className: string }) {
  return (
    <Button className={className} variant="ghost" onClick={onClick}>
      <X aria-hidden /> Clear filters
    </Button>
  );
}
