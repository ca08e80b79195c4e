import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/lib/client/cn";

interface FileButtonProps {
  children: ReactNode;
  variant?: "primary" | "secondary" | "ghost";
  isFolder?: boolean;
  isMultiple?: boolean;
  onFiles: (files: FileList) => void;
}

/** A file picker that looks like a button. The file input covers it, so that it works by keyboard. */
export function FileButton({ children, variant, isFolder, isMultiple, onFiles }: FileButtonProps) {
  return (
    <label
      className={cn(
        buttonStyle({ variant }),
        "focus-within:outline-2 focus-within:outline-ring focus-within:outline-offset-2",
      )}
    >
      {children}
      <input
        type="file"
        className="absolute inset-0 cursor-pointer opacity-0"
        multiple={isMultiple}
        // React knows the attribute only by its lower-case name, and its types don't.
        {...(isFolder && { webkitdirectory: "" })}
        onChange={({ target }) => {
          if (target.files?.length) onFiles(target.files);
          // The same choice again is a change.
          target.value = "";
        }}
      />
    </label>
  );
}
