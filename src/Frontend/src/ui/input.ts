const box = 'w-full min-w-0 rounded-c border border-control bg-surface px-3 text-body text-ink max-lg:text-[16px]';

export const inputClass = `${box} h-10 max-lg:h-11`;
/** Two lines at least, and as many as are written. */
export const areaClass = `${box} min-h-15 py-2 [field-sizing:content]`;
