import { useEffect, useRef } from 'react';
import { toast } from '@/ui/toast';
import { copyNodes, pasteNodes } from '../graph/files';
import { remove } from '../graph/graph';
import type { Workflow } from './use-workflow';

interface Shortcuts {
  workflow: Workflow;
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  onRun: () => void;
  onLayOut: () => void;
}

const isTyping = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
const resting = (event: Event) => isTyping(event.target) || document.querySelector('dialog[open]') !== null;

/** Text that somebody marked to copy it. A click with Shift on a step marks everything up to it, which nobody asked for. */
function isTextChosen(): boolean {
  const chosen = getSelection();
  const onCanvas = [chosen?.anchorNode, chosen?.focusNode].some((node) => (node instanceof Element ? node : node?.parentElement)?.closest('.react-flow'));
  return String(chosen ?? '') !== '' && !onCanvas;
}

/** Keys of the whole builder; those of the canvas are the canvas's. Copies travel by the clipboard, so that another tab can take them. */
export function useShortcuts(all: Shortcuts): void {
  const latest = useRef(all);
  useEffect(() => {
    latest.current = all;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { workflow, onRun, onLayOut } = latest.current;
      const key = event.key.toLowerCase();
      const mod = event.ctrlKey || event.metaKey;
      if (mod && key === 'enter' && !document.querySelector('dialog[open]')) onRun();
      else if (resting(event)) return;
      else if (mod && ((key === 'z' && event.shiftKey) || key === 'y')) workflow.redo();
      else if (mod && key === 'z') workflow.undo();
      else if (!mod && !event.altKey && key === 'l') onLayOut();
      else return;
      event.preventDefault();
    };
    const copy = (event: ClipboardEvent) => {
      const { workflow, selected } = latest.current;
      if (resting(event) || selected.size === 0 || isTextChosen()) return null;
      event.clipboardData?.setData('text/plain', copyNodes(workflow.graph, selected));
      event.preventDefault();
      return selected;
    };
    const onCopy = (event: ClipboardEvent) => void copy(event);
    const onCut = (event: ClipboardEvent) => {
      const taken = copy(event);
      if (taken) latest.current.workflow.change((now) => remove(now, taken));
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (resting(event) || !text.trimStart().startsWith('{')) return;
      const { workflow, onSelect } = latest.current;
      const pasted = pasteNodes(workflow.graph, text);
      event.preventDefault();
      if ('error' in pasted) return toast.bad('Nothing was pasted', pasted.error);
      workflow.change(() => pasted.graph);
      onSelect(new Set(pasted.ids));
      if (pasted.left.length > 0) toast.bad('Not all of it was pasted', pasted.left.join(' '));
    };
    window.addEventListener('keydown', onKey);
    window.addEventListener('copy', onCopy);
    window.addEventListener('cut', onCut);
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener('copy', onCopy);
      window.removeEventListener('cut', onCut);
      window.removeEventListener('paste', onPaste);
    };
  }, []);
}
