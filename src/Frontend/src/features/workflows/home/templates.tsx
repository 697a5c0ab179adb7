import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useRef, useState, type ChangeEvent } from 'react';
import { describeError } from '@/api/problem';
import type { Template, TemplateRequest, TemplateSummary } from '@/domain/api';
import { asRequest, exportTemplate, templateQuery, templatesQuery, useDeleteTemplate, useReplaceTemplate, useSaveTemplate } from '@/domain/templates/templates';
import { Button } from '@/ui/button';
import { LoadError, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { saveJson } from '../builder/save-file';
import { RenameDialog } from './rename-dialog';
import { TemplateCard } from './template-card';
import { useTemplateOpener } from './use-template';

/** Templates as cards: what each needs, and what can be done with it. */
export function Templates({ workspace }: { workspace: number }) {
  const client = useQueryClient();
  const query = useInfiniteQuery(templatesQuery);
  const { open, opening } = useTemplateOpener(workspace);
  const [renaming, setRenaming] = useState<TemplateSummary | null>(null);
  const save = useSaveTemplate();
  const replace = useReplaceTemplate();
  const remove = useDeleteTemplate();
  const file = useRef<HTMLInputElement>(null);
  const templates = query.data?.pages.flatMap((page) => page.data) ?? [];
  const failed = (title: string) => (error: unknown) => toast.bad(title, describeError(error));
  const whole = async (id: number) => (await client.fetchQuery({ ...templateQuery(id), staleTime: 0 })) as Template;

  const duplicate = async ({ id, name }: TemplateSummary) => {
    const copy = await save.mutateAsync({ ...asRequest(await whole(id)), name: `${name} copy`.slice(0, 200) });
    toast.good(`“${copy.name}” is among your templates`);
  };
  const rename = async ({ id }: TemplateSummary, name: string) => {
    const template = await whole(id);
    await replace.mutateAsync({ id, version: template.version, template: { ...asRequest(template), name } });
    setRenaming(null);
  };
  const drop = async ({ id, name }: TemplateSummary) => {
    const template = await whole(id);
    await remove.mutateAsync(id);
    toast.good(`“${name}” was deleted`, { action: { label: 'Undo', run: () => save.mutate(asRequest(template), { onError: failed('It did not come back') }) } });
  };
  const importFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (!chosen) return;
    let read: unknown;
    try {
      read = JSON.parse(await chosen.text());
    } catch {
      return toast.bad('The template was not imported', `${chosen.name} is not JSON. Choose a file that was shared from here.`);
    }
    if (typeof read !== 'object' || read === null || !('pipelines' in read)) return toast.bad('The template was not imported', `${chosen.name} is no template. Choose a file that was shared from here.`);
    save.mutate(read as TemplateRequest, { onSuccess: ({ name }) => toast.good(`“${name}” is among your templates`), onError: failed('The template was not imported') });
  };

  return (
    <section aria-labelledby="templates" className="flex flex-col gap-3">
      <header className="flex items-center">
        <h2 id="templates" className="flex-1 text-head">
          Templates
        </h2>
        <Button small look="ghost" onClick={() => file.current?.click()}>
          <FileUp className="size-4" />
          Import a file
        </Button>
        <input ref={file} type="file" accept="application/json,.json" aria-label="Template file" className="hidden" onChange={(event) => void importFile(event)} />
      </header>
      {query.isPending ? (
        <div role="status" aria-label="Loading the templates" className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
          {Array.from({ length: 5 }, (_, at) => (
            <Skeleton key={at} className="h-46 rounded-card" />
          ))}
        </div>
      ) : query.isError ? (
        <LoadError title="The templates did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
          {templates.map((template) => (
            <TemplateCard
              key={template.id}
              template={template}
              opening={opening === template.id}
              onUse={() => open(template)}
              onRename={() => setRenaming(template)}
              onDuplicate={() => void duplicate(template).catch(failed('The template was not duplicated'))}
              onExport={() => void exportTemplate(template.id).then((content) => saveJson(template.name, content), failed('The template was not exported'))}
              onDelete={() => void drop(template).catch(failed('The template was not deleted'))}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          Show more
        </Button>
      )}
      {renaming && <RenameDialog name={renaming.name} busy={replace.isPending} onClose={() => setRenaming(null)} onSave={(name) => void rename(renaming, name).catch(failed('The template was not renamed'))} />}
    </section>
  );
}
