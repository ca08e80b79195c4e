"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { kindOf } from "@/lib/destinations/outlines";
import type { ColumnChoice } from "@/lib/fields/columns";
import { combinationProblems } from "@/lib/schemas/combination";
import type { CreateExport } from "@/lib/schemas/export";
import { ColumnLine } from "./column-line";
import { columnRows, include } from "./column-rows";

interface TableProps {
  model: CreateExport["model"];
  columns: ColumnChoice[];
  onChange: (columns: ColumnChoice[]) => void;
}

/** Every column of the model: whether to export it, under which name, and whether only as a hash. */
export function ColumnsTable({ model, columns, onChange }: TableProps) {
  const { watch, formState } = useFormContext<CreateExport>();
  // An excluded column stays in place, so that it can be included again.
  const [rows] = useState(() => columnRows(model, columns));
  const problems = new Map(combinationProblems(watch()).map(({ path, message }) => [path.join("."), message]));
  const fixedNames = namesAreFixed(watch());
  const change = (name: string, changes: Partial<ColumnChoice>) =>
    onChange(columns.map((column) => (column.name === name ? { ...column, ...changes } : column)));
  return (
    <div>
      <p className="mb-3 text-[0.8125rem] text-muted">
        A hashed column holds the salted SHA-256 of its value instead. The salt is secret and shared by all exports of
        the project: equal values stay equal, so files can still be joined, but nobody can recover the originals.
        {fixedNames && ` Columns can’t be renamed here: ${OWN_NAMES[kindOf(watch("destination.type"))]} fixed names.`}
      </p>
      <ul aria-label="Columns" className="divide-y divide-border">
        {rows.map((row) => {
          const index = columns.findIndex(({ name }) => name === row.name);
          const errors = formState.errors.columns?.[index];
          const problem = problems.get(`columns.${index}.as`) ?? problems.get(`columns.${index}.name`);
          return (
            <ColumnLine
              key={row.name}
              row={row}
              choice={columns[index] ?? null}
              fixedNames={fixedNames}
              error={errors?.as?.message ?? problem}
              onInclude={(included) => onChange(include(rows, columns, row.name, included))}
              onChange={(changes) => change(row.name, changes)}
            />
          );
        })}
      </ul>
    </div>
  );
}

/** Why columns can't be renamed. */
const OWN_NAMES = { files: "this layout and format have", tables: "the tables’ columns have" };

/** Asks the rule itself whether a column could be renamed. */
function namesAreFixed(value: CreateExport): boolean {
  const [first] = value.columns ?? [];
  if (!first) return false;
  const renamed = { ...value, columns: [{ ...first, as: "a_name_of_its_own" }] };
  return combinationProblems(renamed).some(({ path }) => path.join(".") === "columns.0.as");
}
