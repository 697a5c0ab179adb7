import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import type { TemplateRequest, TemplateSummary } from '@/domain/api';
import { aPipeline } from '@/testing/builders';
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
let waiting: unknown[] = [];

const server = testServer(
  http.get('*/pipelines', () => HttpResponse.json({ data: waiting, next_cursor: null })),
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
  waiting = [];
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

it('renames, and shares as a file', async () => {
  const replaced: TemplateRequest[] = [];
  server.use(
    http.put('*/templates/1001', async ({ request }) => {
      expect(request.headers.get('If-Match')).toContain('1');
      const body = (await request.json()) as TemplateRequest;
      replaced.push(body);
      list = list.map((one) => (one.id === 1001 ? { ...one, name: body.name ?? '' } : one));
      return HttpResponse.json({ ...list[1], format_version: 1, pipelines, graph: null });
    }),
    http.get('*/templates/1001/export', () => HttpResponse.json({ format: 'pipeline.template', format_version: 1, name: 'Ours', pipelines })),
  );
  await renderPage(<WorkflowsPage />);
  await userEvent.click(await screen.findByRole('button', { name: 'More about Mine' }));
  await userEvent.click(screen.getByRole('button', { name: 'Rename' }));
  await userEvent.clear(screen.getByRole('textbox', { name: 'Name' }));
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), 'Ours{Enter}');
  expect(await screen.findByRole('heading', { name: 'Ours' })).toBeInTheDocument();
  expect(replaced[0]).toMatchObject({ name: 'Ours', pipelines });

  let name = '';
  const made = vi.fn(() => 'blob:shared');
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined }));
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  await userEvent.click(screen.getByRole('button', { name: 'More about Ours' }));
  await userEvent.click(screen.getByRole('button', { name: 'Share as file' }));
  await waitFor(() => expect(name).toBe('ours.json'));
  expect(made).toHaveBeenCalledOnce();
  vi.restoreAllMocks();
});

it('says of a file from a newer version what is too new, and keeps what is there', async () => {
  server.use(http.post('*/templates', () => HttpResponse.json({ title: 'Invalid', status: 422, errors: { '/format_version': ['This template was made by a newer version: its format is 9, and 1 is the newest that can be read here.'] } }, { status: 422 })));
  await renderPage(<WorkflowsPage />);
  await userEvent.upload(await screen.findByLabelText('Template file'), aFile('new.json', JSON.stringify({ format: 'pipeline.template', format_version: 9, name: 'Newer', pipelines })));
  expect(await screen.findByText(/made by a newer version: its format is 9/)).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Mine' })).toBeInTheDocument();
});

it('leads to the runs that wait, of which the tab tells the number', async () => {
  waiting = [aPipeline({ id: 9, name: 'Light study', status: 'paused', status_reason: 'review', current_step: 21 }), aPipeline({ id: 10, name: 'Under way' })];
  await renderPage(<WorkflowsPage />);
  expect(await screen.findByRole('link', { name: 'Light study' })).toHaveAttribute('href', '/jobs/9/review/21');
  expect(screen.queryByRole('link', { name: 'Under way' })).not.toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'All that wait' })).toHaveAttribute('href', '/jobs?status=waiting');
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
