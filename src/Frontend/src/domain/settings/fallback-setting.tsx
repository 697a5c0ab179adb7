import { Suspense } from 'react';
import { late } from '@/api/late';
import type { Model } from '@/domain/api';
import type { FallbackProps } from './fallback-option';

const FallbackOption = late(() => import('./fallback-option'), 'FallbackOption');

/** Whether another provider may step in; nothing where there is none, or nobody is paid. */
export function FallbackSetting({ model, ...rest }: FallbackProps & { model: Model | undefined }) {
  if (!model || model.simulated) return null;
  return (
    <Suspense>
      <FallbackOption model={model} {...rest} />
    </Suspense>
  );
}
