import { useEffect, useRef, useState } from "react";

/** How near the end still counts as being there, in pixels. */
const NEAR = 24;

/** Keeps a frame that grows at its end while `follow`, unless one has scrolled away. `mark` changes as it grows. */
export function useFollow(follow: boolean, mark: number) {
  const frame = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => frame.current?.scrollTo({ top: frame.current.scrollHeight });
  const onScroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = frame.current!;
    setAtEnd(scrollHeight - scrollTop - clientHeight <= NEAR);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `mark` says that there is more; scrolling away must not scroll back
  useEffect(() => {
    if (follow && atEnd) frame.current?.scrollTo({ top: frame.current.scrollHeight });
  }, [follow, mark]);
  return { frame, atEnd, onScroll, toEnd };
}
