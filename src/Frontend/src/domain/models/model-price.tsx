import type { Model } from '@/domain/api';
import { cn } from '@/ui/cn';

/** `$0.35 per 5 s` as its two halves, over one another. */
export function ModelPrice({ model, className }: { model: Model; className: string }) {
  const [amount = model.price.display, unit] = model.price.display.split(' per ');
  return (
    <span className={cn('shrink-0 text-right', className)}>
      {amount}
      <span className="block text-small font-[450] text-ink-3">{unit ? `per ${unit}` : ''}</span>
    </span>
  );
}
