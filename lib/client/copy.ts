/**
 * Copies a text. Over plain HTTP, browsers have no `navigator.clipboard`, and the text is copied as a selection is; the
 * selection is made beside `near`, because a dialog keeps the focus inside. Returns whether it worked.
 */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  // Absent where the page is not secure, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  try {
    if (!clipboard) return copySelection(text, near);
    await clipboard.writeText(text);
    return true;
  } catch {
    return copySelection(text, near);
  }
}

function copySelection(text: string, near: HTMLElement): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.ariaHidden = "true";
  field.style.position = "fixed";
  field.style.opacity = "0";
  near.after(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  near.focus();
  return copied;
}
