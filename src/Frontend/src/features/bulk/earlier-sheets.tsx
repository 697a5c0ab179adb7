import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { downloadFile } from '@/domain/assets/download';
import { paths } from '@/domain/paths';
import { recentSheetsQuery, resultUrl } from '@/domain/sheets/sheets';
import { when } from '@/domain/time';
import { Button, buttonClass } from '@/ui/button';
import { bulkStore } from './bulk-store';

/** Sheets that were loaded before: to be run, or taken back with what has become of them. */
export function EarlierSheets() {
  const sheets = useQuery(recentSheetsQuery).data ?? [];
  if (sheets.length === 0) return null;
  return (
    <section aria-labelledby="earlier-sheets">
      <h3 id="earlier-sheets" className="text-label text-ink-2">
        Sheets of before
      </h3>
      <ul className="mt-1 flex flex-col">
        {sheets.map((sheet) => (
          <li key={sheet.id} className="flex flex-wrap items-center gap-x-2 gap-y-1 border-line py-1.5 not-first:border-t">
            <span className="min-w-40 flex-1 text-body break-words">
              {sheet.name} <span className="text-small text-ink-3">· {when(sheet.created_at, new Date())}</span>
              {sheet.simulated && <span className="text-small text-ink-3"> · simulated</span>}
            </span>
            {(sheet.run_group_id === null || sheet.simulated) && (
              <Button small look="ghost" aria-label={`Open ${sheet.name}`} onClick={() => bulkStore.patch({ sheetId: sheet.id, mapping: {}, edits: {}, leaveOut: false })}>
                Open
              </Button>
            )}
            {sheet.run_group_id !== null && (
              <>
                <Button small look="ghost" aria-label={`Results of ${sheet.name}`} onClick={() => downloadFile(resultUrl(sheet.id, 'csv'), 'results.csv')}>
                  Results
                </Button>
                <Link to={paths.jobs} search={{ group: sheet.run_group_id } as never} aria-label={`Runs of ${sheet.name}`} className={buttonClass('ghost', true)}>
                  Runs
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
