import { useEffect, useRef } from 'react';

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** A key for the whole page. Plain keys rest while somebody types or a dialog is open; `mod+` keys (Ctrl or ⌘) work in fields too. */
export function useHotkey(key: string, run: () => void, enabled = true): void {
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
      if ((!withMod && isTyping(event.target)) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [key, enabled]);
}
