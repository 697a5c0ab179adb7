import { Link } from '@tanstack/react-router';
import { FlaskConical } from 'lucide-react';
import { Suspense } from 'react';
import { late } from '@/ui/late';
import { formatMoney } from '@/domain/costs/format-money';
import { ReceiptLine, ReceiptTotal } from '@/domain/costs/receipt';
import { count } from '@/domain/count';
import { useDropPhotos } from '@/domain/draft/use-drop-photos';
import { paths } from '@/domain/paths';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';
import { Segmented } from '@/ui/radio-group';
import { Notice } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { useTitle } from '@/ui/use-title';
import { bulkStore } from './bulk-store';
import { ChainTree } from './chain-tree';
import { Execution } from './execution';
import { PhotoStrip } from './photo-strip';
import { PromptSource } from './prompt-source';
import { RunButton } from './run-button';
import { SheetSource } from './sheet-source';
import { useBulkRun } from './use-bulk-run';

const DropOverlay = late(() => import('@/domain/draft/drop-overlay'), 'DropOverlay');

/** Many photos, many prompts, or a sheet of both, and what they multiply out to. */
export function BulkPage() {
  useTitle('Bulk run');
  const bulk = useBulkRun();
  const { draft, levels } = bulk;
  const { getRootProps, getInputProps, open, isDragActive } = useDropPhotos();
  return (
    <div {...getRootProps()} className="flex min-h-0 min-w-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
      <input {...getInputProps()} aria-label="Upload images" />
      {isDragActive && (
        <Suspense>
          <DropOverlay />
        </Suspense>
      )}
      <main className="flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:flex-none max-lg:overflow-visible max-lg:px-4">
        <header className="flex flex-wrap items-center gap-3">
          <h1 className="text-title">Bulk run</h1>
          <Link to={paths.jobs} className="ml-auto inline-flex min-h-11 items-center text-small text-ink-3 underline-offset-3 hover:text-ink hover:underline lg:min-h-0">
            Job history
          </Link>
        </header>
        {bulk.modelsError && <Notice title="The models did not load">{bulk.modelsError}</Notice>}
        <PhotoStrip onBrowse={open} />
        <section id="prompts" tabIndex={-1} aria-label="Prompts" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
          <header className="flex flex-wrap items-center gap-3">
            <h2 className="text-head">Prompts</h2>
            <Segmented small className="min-w-64 max-sm:w-full" label="Where prompts come from" value={draft.source} options={[{ value: 'text', label: 'Text' }, { value: 'sheet', label: 'Sheet (CSV, Excel)' }]} onChange={(source) => bulkStore.patch({ source })} />
          </header>
          {draft.source === 'text' ? <PromptSource draft={draft} prompts={bulk.prompts} /> : <SheetSource draft={draft} sheet={bulk.sheet} loading={bulk.sheetLoading} error={bulk.sheetError} />}
        </section>
        <ChainTree draft={draft} models={bulk.models} first={bulk.first} images={bulk.images} prompts={bulk.prompts} levels={levels} stale={bulk.stale} />
        <Execution draft={draft} steps={bulk.steps} />
      </main>
      <aside aria-label="Cost" className="flex w-84 shrink-0 flex-col border-l border-line bg-panel max-2xl:w-76 max-lg:contents">
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-5 max-lg:flex-none max-lg:border-t max-lg:border-line max-lg:bg-panel">
          <header className="flex items-center">
            <h2 className="text-head">Cost</h2>
            <Tag tone="dashed" className="ml-auto">
              Estimate
            </Tag>
          </header>
          {levels.length === 0 ? (
            <p className="text-ink-2">{draft.source === 'sheet' ? 'Choose a sheet to see what it costs.' : 'Add photos and prompts to see what they cost.'}</p>
          ) : (
            <>
              <ul className="flex flex-col gap-2.5">
                {levels.map((level) => (
                  <ReceiptLine key={`${level.type}-${level.model}`} step={level.type} label={count(level.count, level.unit)} amount={formatMoney(level.amount)} detail={level.model ?? undefined} faint={bulk.stale} />
                ))}
              </ul>
              <ReceiptTotal label="At most" amount={formatMoney(bulk.total)} />
            </>
          )}
          <label className="flex items-center gap-3 text-label text-ink-2">
            Spend at most
            <input
              type="number"
              min={0}
              step="0.01"
              inputMode="decimal"
              placeholder="No limit"
              value={draft.budget ?? ''}
              onChange={(event) => bulkStore.patch({ budget: event.target.value === '' || !(event.target.valueAsNumber > 0) ? null : event.target.valueAsNumber })}
              className={`${inputClass} ml-auto max-w-30 text-right`}
            />
          </label>
          {bulk.simulated && <p className="rounded-c bg-raised px-3 py-2 text-small text-ink-2">Everything here is made by the demo renderer. Prices are list prices; nothing is charged.</p>}
        </div>
        <div className="flex flex-col gap-2 px-5 pt-2 pb-5 max-lg:sticky max-lg:bottom-0 max-lg:z-5 max-lg:border-t max-lg:border-line-2 max-lg:bg-panel max-lg:px-4 max-lg:py-3">
          <RunButton faults={bulk.faults} scope={bulk.scope} price={bulk.price} stale={bulk.stale} starting={bulk.starting} onRun={() => bulk.run(false)} />
          {!bulk.simulated && (
            <Button disabled={bulk.faults.length > 0 || bulk.starting} onClick={() => bulk.run(true)}>
              <FlaskConical className="size-4" />
              Simulate with the demo renderer · free
            </Button>
          )}
        </div>
      </aside>
    </div>
  );
}
