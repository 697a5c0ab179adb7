import { lazy, Suspense } from 'react';
import type { Model } from '@/domain/api';

const FallbackOption = lazy(() => import('./fallback-option').then((module) => ({ default: module.FallbackOption })));

/** Whether another provider may step in; nothing where there is none, or nobody is paid. */
export function FallbackSetting({ kind, model }: { kind: Model['kind']; model: Model | undefined }) {
  if (!model || model.simulated) return null;
  return (
    <Suspense>
      <FallbackOption kind={kind} model={model} />
    </Suspense>
  );
}
