import { FileSpreadsheet } from 'lucide-react';
import { useRef } from 'react';
import { describeError } from '@/api/problem';
import type { Sheet, SheetEdit, SheetField } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { sheetFields, useUploadSheet } from '@/domain/sheets/sheets';
import { Button } from '@/ui/button';
import { CheckRow } from '@/ui/controls';
import { inputClass } from '@/ui/input';
import { Notice, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { bulkStore, type BulkDraft } from './bulk-store';
import { EarlierSheets } from './earlier-sheets';

const rowsShown = 5;
const errorsShown = 100;

interface SheetSourceProps {
  draft: BulkDraft;
  sheet: Sheet | undefined;
  loading: boolean;
  error: string | null;
}

/** A CSV or a workbook: which column means what, what is wrong in which row, and a way to mend it. */
export function SheetSource({ draft, sheet, loading, error }: SheetSourceProps) {
  const file = useRef<HTMLInputElement>(null);
  const upload = useUploadSheet();
  const take = (chosen: File | undefined) =>
    chosen &&
    upload.mutate(chosen, {
      onSuccess: (read) => bulkStore.patch({ sheetId: read.id, mapping: {}, edits: {}, leaveOut: false }),
      onError: (problem) => toast.bad('The sheet was not read', describeError(problem)),
    });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2.5">
        <Button small={draft.sheetId !== null} busy={upload.isPending} onClick={() => file.current?.click()}>
          <FileSpreadsheet className="size-4" />
          {draft.sheetId === null ? 'Choose a CSV or Excel file' : 'Another file'}
        </Button>
        <input
          ref={file}
          type="file"
          accept=".csv,.tsv,.txt,.xlsx"
          hidden
          aria-label="Load a sheet"
          onChange={(event) => {
            take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        {sheet ? (
          <p className="text-small text-ink-2">
            <b className="font-[550] text-ink">{sheet.name}</b> · {count(sheet.rows_total, 'row')} · {[sheet.format === 'xlsx' ? 'Excel' : 'CSV', sheet.encoding?.toUpperCase()].filter(Boolean).join(', ')}
          </p>
        ) : (
          draft.sheetId === null && <p className="text-small text-ink-2">The first row names the columns: picture, prompt, and if you like model, seed and name. Pictures are names of files you added above or of the library, ids, or addresses.</p>
        )}
      </div>
      {error && (
        <Notice title="The sheet could not be checked" action={<Button small onClick={() => bulkStore.patch({ sheetId: null, mapping: {}, edits: {} })}>Choose another</Button>}>
          {error}
        </Notice>
      )}
      {draft.sheetId === null && <EarlierSheets />}
      {loading && !sheet && <Skeleton className="h-40" />}
      {sheet && draft.sheetId !== null && (
        <>
          <Mapping draft={draft} sheet={sheet} />
          <Preview sheet={sheet} />
          {sheet.warnings.map((warning) => (
            <p key={warning} className="text-small text-warn">
              {warning}
            </p>
          ))}
          {sheet.prompts && sheet.prompts.length > 0 && <PromptsOnly prompts={sheet.prompts} />}
          {sheet.errors_total > 0 && <RowErrors draft={draft} sheet={sheet} />}
        </>
      )}
    </div>
  );
}

function Mapping({ draft, sheet }: { draft: BulkDraft; sheet: Sheet }) {
  return (
    <fieldset className="grid grid-cols-[repeat(auto-fit,minmax(150px,1fr))] gap-3">
      <legend className="sr-only">Which column means what</legend>
      {sheetFields.map(({ field, label, hint }) => (
        <label key={field} className="flex flex-col gap-1 text-label text-ink-2">
          {label}
          <select value={sheet.mapping[field] ?? ''} onChange={(event) => bulkStore.patch({ mapping: { ...sheet.mapping, ...draft.mapping, [field]: event.target.value } })} className={inputClass}>
            <option value="">No column</option>
            {sheet.columns.map((column) => (
              <option key={column} value={column}>
                {column}
              </option>
            ))}
          </select>
          <span className="text-small font-[450] text-ink-3">{hint}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Preview({ sheet }: { sheet: Sheet }) {
  const labels = new Map(sheetFields.map(({ field, label }) => [sheet.mapping[field], label]));
  return (
    // Wider than a phone: by keys, too, it can be scrolled.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div role="region" aria-label="First rows of the sheet" tabIndex={0} className="overflow-x-auto rounded-c border border-line">
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">The first rows of the sheet</caption>
        <thead>
          <tr className="border-b border-line bg-raised">
            <th scope="col" className="px-2.5 py-1.5 text-right font-[450] text-ink-3">
              Row
            </th>
            {sheet.columns.map((column) => (
              <th key={column} scope="col" className="px-2.5 py-1.5 text-left font-[550] whitespace-nowrap">
                {column}
                {labels.has(column) && <span className="ml-1.5 rounded-s bg-accent-soft px-1.5 py-0.5 text-tiny text-accent-ink">{labels.get(column)}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheet.preview.slice(0, rowsShown).map((row) => (
            <tr key={row.row} className="border-line not-first:border-t">
              <th scope="row" className="px-2.5 py-1.5 text-right font-[450] text-ink-3">
                {row.row}
              </th>
              {row.cells.map((text, index) => (
                <td key={index} className="max-w-60 truncate px-2.5 py-1.5 text-ink-2">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function PromptsOnly({ prompts }: { prompts: readonly string[] }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-c bg-raised px-3.5 py-2.5">
      <p className="min-w-50 flex-1 text-small text-ink-2">No column holds pictures. The {count(prompts.length, 'prompt')} of the sheet can be used with the photos above.</p>
      <Button small onClick={() => bulkStore.patch({ source: 'text', splitBy: 'blocks', text: prompts.join('\n---\n') })}>
        Use the prompts
      </Button>
    </div>
  );
}

function mend(draft: BulkDraft, row: number, field: SheetField, text: string): void {
  const edit: SheetEdit = { ...draft.edits[row], [field]: text };
  bulkStore.patch({ edits: { ...draft.edits, [row]: edit } });
}

function RowErrors({ draft, sheet }: { draft: BulkDraft; sheet: Sheet }) {
  return (
    <section aria-label="Rows that cannot run" className="flex flex-col gap-2.5 rounded-card border border-danger-line bg-danger-soft p-3.5">
      <h3 className="text-strong text-danger">
        {sheet.rows_bad > 0 ? `${count(sheet.rows_bad, 'row')} of ${grouped(sheet.rows_total)} cannot run` : 'The sheet cannot run yet'}
      </h3>
      <ul className="flex max-h-90 flex-col gap-2.5 overflow-y-auto">
        {sheet.errors.slice(0, errorsShown).map((fault) => (
          <li key={`${fault.row}-${fault.field}-${fault.message}`} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
            <span className="min-w-60 flex-1 text-ink-2">
              {fault.row !== null && <b className="font-[550] text-ink">Row {fault.row}</b>}
              {fault.column && `, ${fault.column}`}
              {fault.row !== null && ': '}
              {fault.message}
            </span>
            {fault.row !== null && (
              <input
                aria-label={`${fault.column ?? fault.field} of row ${fault.row}`}
                defaultValue={fault.value ?? ''}
                placeholder="Mend it here"
                className={`${inputClass} max-w-70 flex-1 basis-40`}
                onBlur={(event) => fault.row !== null && event.target.value !== (fault.value ?? '') && mend(draft, fault.row, fault.field, event.target.value)}
                onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
              />
            )}
          </li>
        ))}
      </ul>
      {sheet.errors_total > errorsShown && <p className="text-small text-ink-3">and {grouped(sheet.errors_total - errorsShown)} more</p>}
      {sheet.rows_bad > 0 && <CheckRow label={`Leave out ${sheet.rows_bad === 1 ? 'the bad row' : `the ${grouped(sheet.rows_bad)} bad rows`}`} checked={draft.leaveOut} onChange={(leaveOut) => bulkStore.patch({ leaveOut })} />}
    </section>
  );
}
