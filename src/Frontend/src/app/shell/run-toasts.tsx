import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { describeError } from '@/api/problem';
import type { PipelineStatus } from '@/domain/api';
import { paths } from '@/domain/paths';
import { formatMoney } from '@/domain/costs/format-money';
import { pipelineKeys, recentPipelinesQuery } from '@/domain/pipelines/queries';
import { quoteRetry, retryFor } from '@/domain/pipelines/retry';
import { toast } from '@/ui/toast';
import { newsSince, statusesOf } from './run-news';

/** Tells of runs that ended or stopped while another page was open, with a way there and a way on. */
export function RunToasts() {
  const { data } = useQuery(recentPipelinesQuery);
  const client = useQueryClient();
  const navigate = useNavigate();
  // Its own page, or that of one of its reviews.
  const page = useMatchRoute()({ to: paths.run, fuzzy: true });
  const looked = page ? page.id : null;
  const before = useRef<ReadonlyMap<number, PipelineStatus>>(new Map());

  useEffect(() => {
    if (!data) return;
    const news = newsSince(before.current, data);
    before.current = statusesOf(data);
    for (const { id, tone, title, detail, retry } of news) {
      if (looked === String(id)) continue;
      const say = toast.about(`run ${id}`);
      const open = { label: 'Open', run: () => void navigate({ to: paths.run, params: { id: String(id) } }) };
      if (tone === 'good') say.good(title, { ...(detail && { detail }), action: open });
      else if (!retry) say.bad(title, detail, open);
      else
        // A retry is paid for, so it comes with its price, or not at all.
        void quoteRetry({ id })
          .then(({ total }) => ({
            label: `Retry · up to ${formatMoney(total)}`,
            run: () =>
              void retryFor({ id }, total).then(
                () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
                (error: unknown) => say.bad('The retry did not start', describeError(error), open),
              ),
          }))
          .then((again) => say.bad(title, detail, again, open), () => say.bad(title, detail, open));
    }
  }, [data, client, navigate, looked]);

  // Whoever looks at the run sees it there.
  useEffect(() => {
    if (looked !== null) toast.seen(`run ${looked}`);
  }, [looked]);

  return null;
}
