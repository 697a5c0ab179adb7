import { useMemo, useState } from 'react';
import { ACTIONS, EVENTS, Joyride, type EventData, type Step } from 'react-joyride';
import type { RunInSight } from '@/domain/draft/run-in-sight';
import { tourSteps } from './steps';
import { TourCard } from './tour-card';
import { TourContext } from './tour-context';
import { endTour } from './tour-draft';

const steps: Step[] = tourSteps.map(({ id, target, title, text, placement }) => ({
  id,
  target,
  title,
  content: text,
  placement,
  before: () => {
    document.querySelector(target)?.scrollIntoView({ block: 'nearest' });
    return Promise.resolve();
  },
}));

/** Leads through the playground, card by card, to a real run. */
export function Tour({ run }: { run: RunInSight }) {
  const [index, setIndex] = useState(0);
  const control = useMemo(() => ({ run, go: setIndex, end: endTour }), [run]);
  const onEvent = ({ type, action, index: at }: EventData) => {
    // Only Escape closes a card by itself.
    if (type === EVENTS.STEP_AFTER && action === ACTIONS.CLOSE) endTour(false);
    // What is not on this page has nothing to show.
    if (type === EVENTS.TARGET_NOT_FOUND) setIndex(at + 1);
    if (type === EVENTS.TARGET_NOT_FOUND && at === steps.length - 1) endTour(false);
  };
  return (
    <TourContext value={control}>
      <Joyride
        run
        continuous
        steps={steps}
        stepIndex={index}
        onEvent={onEvent}
        tooltipComponent={TourCard}
        loaderComponent={null}
        floatingOptions={{ hideArrow: true, shiftOptions: { padding: 12 }, flipOptions: { padding: 12 } }}
        options={{ skipBeacon: true, skipScroll: true, overlayClickAction: false, blockTargetInteraction: true, overlayColor: 'var(--scrim)', spotlightPadding: 6, spotlightRadius: 14, offset: 8, zIndex: 55 }}
      />
    </TourContext>
  );
}
