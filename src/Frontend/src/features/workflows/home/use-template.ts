import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { describeError } from '@/api/problem';
import type { Template, TemplateSummary } from '@/domain/api';
import { paths } from '@/domain/paths';
import { templateQuery } from '@/domain/templates/templates';
import { toast } from '@/ui/toast';
import { sampleImages } from '../builder/use-node-uploads';
import { addDraft } from '../drafts';
import { readGraph } from '../graph/files';
import { graphFromPipelines, withPhotos } from '../graph/from-pipelines';
import type { Graph } from '../graph/graph';

/** The drawing of a template: its own, or one made of its pipelines where that one cannot be read, or not whole. */
export function graphOf(template: Pick<Template, 'name' | 'pipelines' | 'graph'>): Graph {
  const read = readGraph(template.graph);
  return 'graph' in read && read.left.length === 0 ? { ...read.graph, name: template.name } : graphFromPipelines(template.name, template.pipelines);
}

/** Opens a template in the builder as a draft of its own. A built-in one brings its sample pictures. */
export function useTemplateOpener(workspace: number) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opening, setOpening] = useState<number | null>(null);
  const open = async ({ id, samples }: Pick<TemplateSummary, 'id' | 'samples'>) => {
    setOpening(id);
    try {
      const template = (await client.fetchQuery(templateQuery(id))) as Template;
      const graph = graphOf(template);
      const draft = addDraft(workspace, samples.length > 0 ? withPhotos(graph, await sampleImages(samples)) : graph);
      await navigate({ to: paths.workflow, params: { id: draft } });
    } catch (error) {
      toast.bad('The template did not open', describeError(error));
    } finally {
      setOpening(null);
    }
  };
  return { open: (template: Pick<TemplateSummary, 'id' | 'samples'>) => void open(template), opening };
}
