import { Upload } from 'lucide-react';

/** Covers the page while files hang over it. */
export function DropOverlay() {
  return (
    <div className="pointer-events-none absolute inset-3 z-30 grid place-items-center rounded-dialog border-2 border-dashed border-accent-graph bg-scrim backdrop-blur-[2px] animate-fade-in">
      <p className="flex items-center gap-3 rounded-card bg-popover px-5 py-3 text-head shadow-3">
        <Upload className="size-5 text-accent-ink" />
        Drop to add
      </p>
    </div>
  );
}
