export const inputClass = 'h-10 w-full min-w-0 rounded-c border border-control bg-surface px-3 text-body text-ink max-lg:h-11 max-lg:text-[16px]';
