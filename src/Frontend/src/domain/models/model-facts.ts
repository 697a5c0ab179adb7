import type { Model } from '@/domain/api';
import { grouped } from '@/domain/count';
import { durationsOf, isRetired, qualitiesOf, ratiosOf, resolutionsOf } from './capabilities';

/** Models by maker, in the catalog's order. */
export function byVendor(models: readonly Model[]): [vendor: string, models: Model[]][] {
  const groups = new Map<string, Model[]>();
  for (const model of models) groups.set(model.vendor, [...(groups.get(model.vendor) ?? []), model]);
  return [...groups];
}

/** Dollars for one image or one second of video. */
const unitPriceOf = ({ kind, price }: Model) => (kind === 'video' ? price.amount / (price.base_duration_sec ?? 1) : price.amount);

/** The best of its kind for its price and its speed: the least dollars times seconds. Null when nothing is known of either. */
export function bestValue(models: readonly Model[], kind: Model['kind']): string | null {
  const known = models.filter((model) => model.kind === kind && model.status === 'active' && model.capabilities.typical_latency_sec > 0 && unitPriceOf(model) > 0);
  const worth = (model: Model) => unitPriceOf(model) * model.capabilities.typical_latency_sec;
  return known.reduce<Model | null>((best, model) => (best === null || worth(model) < worth(best) ? model : best), null)?.id ?? null;
}

/** Everything a model takes, a line each, for whoever looks closer. */
export function capabilityLines(model: Model): string[] {
  const { typical_latency_sec: seconds, prompt_max_chars: letters } = model.capabilities;
  const line = (label: string, values: readonly (string | number)[], unit = '') => (values.length > 0 ? `${label}: ${values.join(', ')}${unit}` : null);
  return [
    line('Ratios', ratiosOf(model)),
    line('Qualities', qualitiesOf(model)),
    line('Resolutions', resolutionsOf(model)),
    line('Lengths', durationsOf(model), ' s'),
    seconds > 0 ? `About ${seconds} s each` : null,
    letters ? `Prompts up to ${grouped(letters)} characters` : null,
    model.simulated ? 'Served by the demo renderer' : `Served by ${model.served_by}`,
    isRetired(model) ? `Retired by its maker${model.retired_at ? ` on ${model.retired_at.slice(0, 10)}` : ''}${model.successor ? `; ${model.successor} takes its place` : ''}` : null,
    ...model.warnings,
  ].filter((text) => text !== null);
}
