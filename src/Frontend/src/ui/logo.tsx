export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 30 22" fill="none" aria-hidden="true" className={className}>
      <path d="M5 11h20" stroke="var(--line-2)" strokeWidth="2" />
      <circle cx="4.500" cy="11" r="3" fill="var(--ink)" />
      <rect x="10" y="6.500" width="9" height="9" rx="2.600" fill="var(--accent-graph)" />
      <path d="M22.500 6.300v9.400c0 .9 1 1.400 1.700.9l4.700-4.700c.5-.5.5-1.300 0-1.800l-4.700-4.700c-.7-.5-1.700 0-1.700.9z" fill="var(--video-graph)" />
    </svg>
  );
}
