import { Fragment } from "react";

/** A long name that has no spaces, such as an address: it breaks after its punctuation first, within a word only if it must. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[@./:_-])(?!\/)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
