/** The logo: a pipe that falls from the reservoir into the turbine's wheel. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#12343f" stroke="#ffffff1f" />
      <path
        d="M4 8.5h6.2a4 4 0 0 1 2.9 1.25l5.4 5.75"
        fill="none"
        stroke="#7fd3d6"
        strokeWidth="4.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="21" cy="20.5" r="6" fill="none" stroke="#fff" strokeWidth="2.6" />
      <circle cx="21" cy="20.5" r="1.9" fill="#fff" />
    </svg>
  );
}
