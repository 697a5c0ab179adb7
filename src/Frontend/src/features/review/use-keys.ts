import { useEffect, useRef } from 'react';

/** A field in which these keys have a meaning of their own. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  // A switch or a row of choices that was just pressed leaves letters and digits alone.
  return ['checkbox', 'radio', 'range'].includes(target.type) ? key.startsWith('Arrow') || key === ' ' || key === 'Home' || key === 'End' : true;
}

/** Keys of a whole page by their names, `mod+` for Ctrl or ⌘. They rest while a dialog or a popover is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.defaultPrevented || document.querySelector('dialog[open], [role=dialog][data-state=open]')) return;
      const mod = event.ctrlKey || event.metaKey;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const run = latest.current[mod ? `mod+${key}` : key];
      if (!run || (event.shiftKey && event.key.length > 1) || takesKeys(event.target, event.key)) return;
      // Enter and Space press the button that has the focus, unless it is a tile of the set.
      if ((key === 'Enter' || key === ' ') && event.target instanceof HTMLElement && event.target.closest('button,a') && !event.target.closest('[data-tile]')) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
