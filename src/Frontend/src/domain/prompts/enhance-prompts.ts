import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { EnhanceAnswer, EnhanceRequest } from '@/domain/api';

export function useEnhancePrompts() {
  return useMutation({ mutationFn: (request: EnhanceRequest) => api.post<EnhanceAnswer>('/prompts/enhance', request) });
}
