import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Suggestions } from '@/domain/api';

/** Fewer letters than this say too little to guess from. */
const fewestLetters = 2;

/** The prompt that is being typed: what stands after the last line of dashes. */
export const typedPrompt = (text: string) => text.split(/^[ \t]*-{3,}[ \t]*$/m).at(-1)?.replace(/^\n/, '') ?? '';

/** The text with the prompt that is being typed replaced. */
export const completePrompt = (text: string, suggestion: string) => text.slice(0, text.length - typedPrompt(text).length) + suggestion;

export const isWorthAsking = (typed: string) => typed.trim().length >= fewestLetters && typed.length <= 200 && !typed.includes('\n');

/** Up to eight prompts that begin like this one: the workspace's newest, then common ones. */
export const suggestionsQuery = (typed: string) =>
  queryOptions({
    queryKey: ['suggestions', typed],
    queryFn: async ({ signal }) => (await api.get<Suggestions>('/prompts/suggest', { query: { q: typed.trimStart() }, signal })).data.filter((suggestion) => suggestion.toLowerCase() !== typed.trim().toLowerCase()),
    enabled: isWorthAsking(typed),
    staleTime: 60_000,
    retry: false,
    placeholderData: isWorthAsking(typed) ? keepPreviousData : undefined,
  });
