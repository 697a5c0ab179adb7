import { Search } from 'lucide-react';

interface SearchFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Looks through the list of a dialog, which gives it the focus when it opens. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  return (
    <label className="flex items-center gap-2 rounded-c border border-control bg-surface px-3 focus-within:border-focus">
      <Search className="size-4 shrink-0 text-ink-3" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-first-focus
        className="h-10 min-w-0 flex-1 bg-transparent text-body outline-none max-lg:h-11 max-lg:text-[16px]"
      />
    </label>
  );
}
