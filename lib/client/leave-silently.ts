let isSilent = false;

/** For a redirect that returns to the page: the browser then doesn't ask whether to leave it. */
export function leaveSilently(): void {
  isSilent = true;
}

export const leavesSilently = (): boolean => isSilent;
