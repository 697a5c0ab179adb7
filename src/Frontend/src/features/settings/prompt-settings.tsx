import { useQuery } from '@tanstack/react-query';
import { describeError } from '@/api/problem';
import { promptSettingsQuery, usePutPromptSettings } from '@/domain/prompts/prompt-settings';
import { Switch } from '@/ui/controls';
import { LoadError, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';

export function PromptSettingsSection() {
  const query = useQuery(promptSettingsQuery);
  const put = usePutPromptSettings();
  return (
    <section aria-labelledby="prompt-settings" className="flex flex-col gap-3">
      <h2 id="prompt-settings" className="text-head">
        Prompts
      </h2>
      {query.isPending ? (
        <Skeleton className="h-16" />
      ) : query.isError ? (
        <LoadError title="The setting did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <div className="rounded-card border border-line bg-surface px-4 py-3">
          <Switch
            label="Use answers to similar prompts again"
            hint="“A red dress” after “the red dress” is answered at once and costs nothing. Runs always ask anew."
            checked={query.data.similar_prompts}
            onChange={(similar_prompts) => put.mutate({ similar_prompts }, { onError: (error) => toast.bad('The setting was not kept', describeError(error)) })}
          />
        </div>
      )}
    </section>
  );
}
