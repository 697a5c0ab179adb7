import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { TemplateRequest, TemplateSummary } from '@/domain/api';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { addDraft } from '../drafts';
import { emptyGraph, makeNode } from '../graph/graph';
import { WorkflowsPage } from '../workflows-page';

const template = (over: Partial<TemplateSummary>): TemplateSummary => ({
  id: 1, name: 'Four lights', description: 'Two images of each.', built_in: true, branches: 1, steps: ['prompt_enhance', 'i2i'], samples: ['astronaut.jpg'], version: 1, created_at: null, updated_at: null,
  needs: [{ step_type: 'i2i', model: 'kling-image', name: 'Kling Image', provider: 'local', simulated: true, available: true, message: null, successor: null }], ...over,
});
const old: TemplateSummary['needs'] = [{ step_type: 'i2v', model: 'sora-2', name: 'Sora 2', provider: 'openai', simulated: false, available: false, message: 'The vendor shut this model down. Use Sora 3 instead.', successor: 'sora-3' }];
const pipelines = [{ name: 'Mine', mode: 'auto', inputs: { images: [], prompts: ['red'] }, steps: [{ step_type: 'i2i', config: {} }] }];
/** jsdom's files cannot be read as text. */
const aFile = (name: string, text: string) => Object.assign(new File([text], name, { type: 'application/json' }), { text: () => Promise.resolve(text) });
let list: TemplateSummary[] = [];
let saved: TemplateRequest[] = [];

testServer(
  http.get('*/session', () => HttpResponse.json({ signed_in: true, demo_available: true, user: { name: 'Demo' }, workspace: { id: 1, name: 'Demo' } })),
  http.get('*/templates', () => HttpResponse.json({ data: list, next_cursor: null })),
  http.get('*/templates/:id', ({ params }) => HttpResponse.json({ ...list.find(({ id }) => id === Number(params['id'])), format_version: 1, pipelines, graph: null })),
  http.post('*/templates', async ({ request }) => {
    const body = (await request.json()) as TemplateRequest;
    saved.push(body);
    list = [...list, template({ id: 1002, name: body.name ?? '', built_in: false, samples: [] })];
    return HttpResponse.json({ ...list.at(-1), format_version: 1, pipelines, graph: null }, { status: 201 });
  }),
  http.delete('*/templates/:id', ({ params }) => {
    list = list.filter(({ id }) => id !== Number(params['id']));
    return new HttpResponse(null, { status: 204 });
  }),
);

beforeEach(() => {
  saved = [];
  list = [template({}), template({ id: 1001, name: 'Mine', description: null, built_in: false, samples: [], needs: old })];
});

it('shows what each template needs, and what became of it', async () => {
  await renderPage(<WorkflowsPage />);
  expect(await screen.findByRole('heading', { name: 'Four lights' })).toBeInTheDocument();
  expect(screen.getByText(/Sora 2: The vendor shut this model down\. Use Sora 3 instead\./)).toBeInTheDocument();
});

it('opens a template as a draft of its own', async () => {
  await renderPage(<WorkflowsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'Use Mine' }));
  expect(await screen.findByText(/^at \/workflows\//)).toBeInTheDocument();
});

it('duplicates, and deletes with a way back', async () => {
  await renderPage(<WorkflowsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'More about Four lights' }));
  expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Duplicate' }));
  expect(await screen.findByRole('heading', { name: 'Four lights copy' })).toBeInTheDocument();
  expect(saved[0]).toMatchObject({ name: 'Four lights copy', pipelines });

  await userEvent.click(screen.getByRole('button', { name: 'More about Mine' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Mine' })).not.toBeInTheDocument());
  await userEvent.click(within(screen.getByRole('region', { name: 'Notifications' })).getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('heading', { name: 'Mine' })).toBeInTheDocument();
});

it('takes a shared file, and says what is no template', async () => {
  await renderPage(<WorkflowsPage />);
  const field = await screen.findByLabelText('Template file');
  await userEvent.upload(field, aFile('other.json', '{"a":1}'));
  expect(await screen.findByText(/other\.json is no template/)).toBeInTheDocument();
  await userEvent.upload(field, aFile('shared.json', JSON.stringify({ format: 'pipeline.template', format_version: 1, name: 'Shared', pipelines })));
  expect(await screen.findByText('“Shared” is among your templates')).toBeInTheDocument();
});

it('lists drafts, and begins a new one', async () => {
  addDraft(1, { ...emptyGraph, name: 'Half done', nodes: [makeNode('upload_images', 0, 0)] });
  await renderPage(<WorkflowsPage />);
  expect(await screen.findByRole('link', { name: 'Half done' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Delete Half done' }));
  await waitFor(() => expect(screen.queryByRole('link', { name: 'Half done' })).not.toBeInTheDocument());
  await userEvent.click(within(screen.getByRole('region', { name: 'Notifications' })).getByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('link', { name: 'Half done' })).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'New workflow' }));
  expect(await screen.findByText(/^at \/workflows\//)).toBeInTheDocument();
});

it('shows a draft that cannot be read with the reason, and keeps it as it is', async () => {
  const stored = '{"graph":{"format":"pipeline.workflow","version":9}}';
  localStorage.setItem('pipeline.workflow.1.odd', stored);
  await renderPage(<WorkflowsPage />);
  expect(await screen.findByRole('heading', { name: 'A draft that cannot be read' })).toBeInTheDocument();
  expect(screen.getByText(/its format is 9, and 1 is the newest that can be read here/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Delete the draft that cannot be read' }));
  await waitFor(() => expect(localStorage.getItem('pipeline.workflow.1.odd')).toBeNull());
  await userEvent.click(within(screen.getByRole('region', { name: 'Notifications' })).getByRole('button', { name: 'Undo' }));
  expect(localStorage.getItem('pipeline.workflow.1.odd')).toBe(stored);
});
