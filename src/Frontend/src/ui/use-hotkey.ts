import { useEffect, useRef } from 'react';

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A key for the whole page. Plain keys rest while somebody types, and all do while a dialog is open unless they are the dialog's own; `mod+` keys (Ctrl or ⌘) work in fields too. */
export function useHotkey(key: string, run: () => void, { enabled = true, inDialog = false } = {}): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const withMod = key.startsWith('mod+');
    const wanted = withMod ? key.slice(4) : key;
    const onKey = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (event.key.toLowerCase() !== wanted.toLowerCase() || mod !== withMod || event.altKey) return;
      if ((!withMod && isTyping(event.target)) || (!inDialog && document.querySelector('dialog[open]'))) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, enabled, inDialog]);
}
