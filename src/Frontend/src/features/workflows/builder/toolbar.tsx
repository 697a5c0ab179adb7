import { Check, Copy, Download, FileUp, LayoutTemplate, Network, Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import { memo, useRef, type ChangeEvent } from 'react';
import { IconButton } from '@/ui/button';
import { Tag } from '@/ui/tag';
import type { Workflow } from './use-workflow';

interface ToolbarProps {
  workflow: Workflow;
  onLayOut: () => void;
  onDuplicate: (() => void) | null;
  onExport: () => void;
  onImport: (text: string) => void;
  onTemplate: (() => void) | null;
}

/** The workflow's name and what can be done with all of it. */
export const Toolbar = memo(function Toolbar({ workflow, onLayOut, onDuplicate, onExport, onImport, onTemplate }: ToolbarProps) {
  const file = useRef<HTMLInputElement>(null);
  const { graph, change, undo, redo, canUndo, canRedo, kept } = workflow;
  const read = (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen) void chosen.text().then(onImport);
  };
  return (
    <header className="pointer-events-none flex flex-wrap items-center gap-2 *:pointer-events-auto max-lg:w-full">
      <div className="flex h-10 min-w-0 items-center gap-2 rounded-card border border-line-2 bg-panel pr-2 pl-3 max-lg:h-12 max-lg:basis-full">
        <input
          aria-label="Name of the workflow"
          value={graph.name}
          maxLength={150}
          onChange={(event) => change((now) => ({ ...now, name: event.target.value }), 'name')}
          onBlur={() => graph.name.trim() === '' && change((now) => ({ ...now, name: 'Untitled workflow' }), 'name')}
          className="w-48 min-w-0 rounded-s bg-transparent text-strong font-semibold text-ink [field-sizing:content] max-lg:w-full max-lg:text-[16px]"
        />
        {kept ? (
          <Tag>
            <Check className="size-3" />
            Saved
          </Tag>
        ) : (
          <Tag tone="warn" title="This browser keeps nothing more. Export the workflow to keep it.">
            <TriangleAlert className="size-3" />
            Not saved
          </Tag>
        )}
      </div>
      <div role="toolbar" aria-label="Workflow" className="flex items-center gap-0.5 rounded-card border border-line-2 bg-panel p-0.75">
        <IconButton label="Undo" disabled={!canUndo} onClick={undo}>
          <Undo2 className="size-4" />
        </IconButton>
        <IconButton label="Redo" disabled={!canRedo} onClick={redo}>
          <Redo2 className="size-4" />
        </IconButton>
        <IconButton label="Tidy up" className="max-lg:hidden" onClick={onLayOut}>
          <Network className="size-4" />
        </IconButton>
        <IconButton label="Duplicate the selection" className="max-lg:hidden" disabled={onDuplicate === null} onClick={() => onDuplicate?.()}>
          <Copy className="size-4" />
        </IconButton>
        <IconButton label="Export as a file" onClick={onExport}>
          <Download className="size-4" />
        </IconButton>
        <IconButton label="Import a file" onClick={() => file.current?.click()}>
          <FileUp className="size-4" />
        </IconButton>
        <IconButton label="Save as template" disabled={onTemplate === null} onClick={() => onTemplate?.()}>
          <LayoutTemplate className="size-4" />
        </IconButton>
        <input ref={file} type="file" accept="application/json,.json" aria-label="Workflow file" className="hidden" onChange={read} />
      </div>
    </header>
  );
});
